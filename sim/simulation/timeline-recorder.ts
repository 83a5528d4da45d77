import { arnId } from '../../lambda/domain/arn.ts';
import type { ContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { formatDuration } from '../../lambda/domain/duration.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import type { RoutingUpdate } from '../../lambda/domain/routing/routing.ts';
import { OvertakingCounts } from './overtaking-counts.ts';
import type { ContactTimeline } from './result.ts';
import type { KnownContacts, RunObserver } from './run-scenario.ts';
import { WaitingContacts } from './waiting-contacts.ts';

/** Records the history of one contact. */
export class TimelineRecorder implements RunObserver {
  readonly #overtakings = new OvertakingCounts();
  readonly #waitingContacts: WaitingContacts;
  readonly #contactId: string;
  readonly #tier: string;
  readonly #routingLagMs: number;
  readonly #moments: { readonly at: number; readonly description: string }[] = [];
  readonly #effects: { readonly at: number; readonly description: string }[] = [];
  #enqueuedAt: number | undefined;
  #queueExit: { readonly at: number; readonly waitEnd: ContactTimeline['waitEnd'] } | undefined;

  /** @param tierOf - the tier of any contact. */
  constructor(
    contactId: string,
    tier: string,
    routingLagMs: number,
    tierOf: (contactId: string) => string | undefined,
  ) {
    this.#waitingContacts = new WaitingContacts(tierOf);
    this.#contactId = contactId;
    this.#tier = tier;
    this.#routingLagMs = routingLagMs;
  }

  onEvent(event: ContactEvent, now: number, known: KnownContacts): void {
    const { eventType, facts } = event;
    if (!this.#queueExit) this.#follow(event, now, known);
    if (facts.contactId !== this.#contactId) return;
    if (eventType === 'QUEUED' && facts.queue) {
      this.#enqueuedAt = now;
      this.#moments.push({ at: now, description: `enters the queue ${arnId(facts.queue.arn, 'queue')}` });
    } else if (eventType === 'CONNECTED_TO_AGENT') this.#leave(now, 'answered', 'is answered');
    else if (eventType === 'DISCONNECTED') this.#leave(now, 'abandoned', 'abandons the queue');
  }

  onUpdate({ contactId, decision }: ContactRecord, { update }: UpdateAttempt, now: number): void {
    if (contactId !== this.#contactId) return;
    const description = formatChange(update);
    this.#moments.push({ at: now, description: `${decision?.policy ?? 'no policy'} sets ${description}` });
    this.#effects.push({ at: now + this.#routingLagMs, description: `${description} takes effect` });
  }

  onSuperseded(): void {}

  waitingCount(): number {
    return this.#queueExit ? 0 : 1;
  }

  onProgress(): boolean {
    return this.#queueExit !== undefined;
  }

  onEnd(now: number): void {
    if (this.#enqueuedAt !== undefined && !this.#queueExit)
      this.#leave(now, 'waiting', 'still waits at the end');
  }

  /** Undefined when the contact did not arrive. */
  timeline(): ContactTimeline | undefined {
    const [enqueuedAt, exit] = [this.#enqueuedAt, this.#queueExit];
    if (enqueuedAt === undefined || !exit) return undefined;
    const effects = this.#effects.filter(({ at }) => at < exit.at);
    return {
      contactId: this.#contactId,
      tier: this.#tier,
      waitEnd: exit.waitEnd,
      waitedSeconds: (exit.at - enqueuedAt) / 1_000,
      moments: [...this.#moments, ...effects]
        .sort((a, b) => a.at - b.at)
        .map(({ at, description }) => ({ atSeconds: (at - enqueuedAt) / 1_000, description })),
      ...this.#overtakings.results,
    };
  }

  /** Counts who of the same queue goes first, this contact or others. */
  #follow(event: ContactEvent, now: number, known: KnownContacts): void {
    const left = this.#waitingContacts.follow(event, now);
    if (!left || event.eventType === 'DISCONNECTED') return;
    const { contactId } = left;
    const policy = known.escalatedBy(contactId);
    if (contactId === this.#contactId) {
      this.#waitingContacts.countEarlier(left, (tier, count) =>
        this.#overtakings.add('overtook', tier, policy, count),
      );
      return;
    }
    const own = this.#waitingContacts.get(this.#contactId);
    if (own && own.queueArn === left.queueArn && own.enqueuedAt < left.enqueuedAt) {
      this.#overtakings.add('overtakenBy', left.tier, policy, 1);
    }
  }

  #leave(at: number, waitEnd: ContactTimeline['waitEnd'], description: string): void {
    if (this.#queueExit) return;
    this.#queueExit = { at, waitEnd };
    this.#moments.push({ at, description });
  }
}

function formatChange({ QueuePriority, QueueTimeAdjustmentSeconds, RoutingCriteria }: RoutingUpdate): string {
  return [
    ...(QueuePriority === undefined ? [] : [`priority ${QueuePriority}`]),
    ...(QueueTimeAdjustmentSeconds === undefined
      ? []
      : [`age ${formatDuration(QueueTimeAdjustmentSeconds)}`]),
    ...(RoutingCriteria ? ['routing criteria'] : []),
  ].join(' and ');
}
