import { arnId } from '../../lambda/domain/contact.ts';
import type { ContactEvent } from '../../lambda/domain/contact-event.ts';
import { formatDuration } from '../../lambda/domain/duration.ts';
import type { MadeCall } from '../../lambda/domain/outcome.ts';
import type { ContactRecord } from '../../lambda/domain/record.ts';
import type { RoutingUpdate } from '../../lambda/domain/routing.ts';
import type { Watcher } from './play.ts';
import type { ContactStory } from './result.ts';

/** Writes down what happens to one contact. */
export class StoryTeller implements Watcher {
  readonly #contactId: string;
  readonly #tier: string;
  readonly #routingLagMs: number;
  readonly #moments: { readonly at: number; readonly what: string }[] = [];
  readonly #effects: { readonly at: number; readonly what: string }[] = [];
  #enqueuedAt: number | undefined;
  #left: { readonly at: number; readonly outcome: ContactStory['outcome'] } | undefined;

  constructor(contactId: string, tier: string, routingLagMs: number) {
    this.#contactId = contactId;
    this.#tier = tier;
    this.#routingLagMs = routingLagMs;
  }

  event({ eventType, facts }: ContactEvent, now: number): void {
    if (facts.contactId !== this.#contactId) return;
    if (eventType === 'QUEUED' && facts.queue) {
      this.#enqueuedAt = now;
      this.#moments.push({ at: now, what: `joins the queue ${arnId(facts.queue.arn, 'queue')}` });
    } else if (eventType === 'CONNECTED_TO_AGENT') this.#leave(now, 'answered', 'is answered');
    else if (eventType === 'DISCONNECTED') this.#leave(now, 'abandoned', 'hangs up');
  }

  called({ contactId, decision }: ContactRecord, { update }: MadeCall, now: number): void {
    if (contactId !== this.#contactId) return;
    const what = changeText(update);
    this.#moments.push({ at: now, what: `${decision?.policy ?? 'nobody'} sets ${what}` });
    this.#effects.push({ at: now + this.#routingLagMs, what: `${what} takes effect` });
  }

  overtaken(): void {}

  waiting(): number {
    return this.#left ? 0 : 1;
  }

  progress(): boolean {
    return this.#left !== undefined;
  }

  ended(now: number): void {
    if (this.#enqueuedAt !== undefined && !this.#left) this.#leave(now, 'waiting', 'still waits at the end');
  }

  /** Undefined when the contact never came. */
  story(): ContactStory | undefined {
    const [enqueuedAt, left] = [this.#enqueuedAt, this.#left];
    if (enqueuedAt === undefined || !left) return undefined;
    const effects = this.#effects.filter(({ at }) => at < left.at);
    return {
      contactId: this.#contactId,
      tier: this.#tier,
      outcome: left.outcome,
      waitedSeconds: (left.at - enqueuedAt) / 1_000,
      moments: [...this.#moments, ...effects]
        .sort((a, b) => a.at - b.at)
        .map(({ at, what }) => ({ atSeconds: (at - enqueuedAt) / 1_000, what })),
    };
  }

  #leave(at: number, outcome: ContactStory['outcome'], what: string): void {
    if (this.#left) return;
    this.#left = { at, outcome };
    this.#moments.push({ at, what });
  }
}

function changeText({ QueuePriority, QueueTimeAdjustmentSeconds, RoutingCriteria }: RoutingUpdate): string {
  return [
    ...(QueuePriority === undefined ? [] : [`priority ${QueuePriority}`]),
    ...(QueueTimeAdjustmentSeconds === undefined
      ? []
      : [`age ${formatDuration(QueueTimeAdjustmentSeconds)}`]),
    ...(RoutingCriteria ? ['routing criteria'] : []),
  ].join(' and ');
}
