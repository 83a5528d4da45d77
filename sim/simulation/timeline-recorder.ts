import { arnId } from '../../lambda/domain/arn.ts';
import type { ContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { formatDuration } from '../../lambda/domain/duration.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import type { RoutingUpdate } from '../../lambda/domain/routing/routing.ts';
import type { ContactTimeline } from './result.ts';
import type { RunObserver } from './run-scenario.ts';

/** Writes down what happens to one contact. */
export class TimelineRecorder implements RunObserver {
  readonly #contactId: string;
  readonly #tier: string;
  readonly #routingLagMs: number;
  readonly #moments: { readonly at: number; readonly what: string }[] = [];
  readonly #effects: { readonly at: number; readonly what: string }[] = [];
  #enqueuedAt: number | undefined;
  #queueExit: { readonly at: number; readonly outcome: ContactTimeline['waitEnd'] } | undefined;

  constructor(contactId: string, tier: string, routingLagMs: number) {
    this.#contactId = contactId;
    this.#tier = tier;
    this.#routingLagMs = routingLagMs;
  }

  onEvent({ eventType, facts }: ContactEvent, now: number): void {
    if (facts.contactId !== this.#contactId) return;
    if (eventType === 'QUEUED' && facts.queue) {
      this.#enqueuedAt = now;
      this.#moments.push({ at: now, what: `joins the queue ${arnId(facts.queue.arn, 'queue')}` });
    } else if (eventType === 'CONNECTED_TO_AGENT') this.#leave(now, 'answered', 'is answered');
    else if (eventType === 'DISCONNECTED') this.#leave(now, 'abandoned', 'hangs up');
  }

  onUpdate({ contactId, decision }: ContactRecord, { update }: UpdateAttempt, now: number): void {
    if (contactId !== this.#contactId) return;
    const what = formatChange(update);
    this.#moments.push({ at: now, what: `${decision?.policy ?? 'nobody'} sets ${what}` });
    this.#effects.push({ at: now + this.#routingLagMs, what: `${what} takes effect` });
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

  /** Undefined when the contact never came. */
  timeline(): ContactTimeline | undefined {
    const [enqueuedAt, left] = [this.#enqueuedAt, this.#queueExit];
    if (enqueuedAt === undefined || !left) return undefined;
    const effects = this.#effects.filter(({ at }) => at < left.at);
    return {
      contactId: this.#contactId,
      tier: this.#tier,
      waitEnd: left.outcome,
      waitedSeconds: (left.at - enqueuedAt) / 1_000,
      moments: [...this.#moments, ...effects]
        .sort((a, b) => a.at - b.at)
        .map(({ at, what }) => ({ atSeconds: (at - enqueuedAt) / 1_000, description: what })),
    };
  }

  #leave(at: number, outcome: ContactTimeline['waitEnd'], what: string): void {
    if (this.#queueExit) return;
    this.#queueExit = { at, outcome };
    this.#moments.push({ at, what });
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
