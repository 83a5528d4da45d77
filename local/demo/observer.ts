import { defined } from '../../lambda/domain/json.ts';
import type { ConnectCallRecord, MetricsRecord } from '../connect/index.ts';
import type { EventEnvelope } from '../events/event-bus.ts';
import { ranMs } from '../time/clock.ts';
import type { ObservedCall } from './audit.ts';
import type { ReadLoad } from './condition-spans.ts';
import { Interventions } from './interventions.ts';
import { type Visit, VisitLog } from './visits.ts';

/** Real milliseconds that a call may take from dispatch to Connect. */
export const CALL_LATENCY_MS = 100;

/** The types of events after which a contact is no longer queued. */
const DEPARTURE_EVENTS = new Set(['CONNECTED_TO_AGENT', 'DISCONNECTED', 'COMPLETED']);

/** Records the calls and events of the demo. */
export class DemoObserver {
  readonly calls: ObservedCall[] = [];
  /** The loads of queues that Connect answered. */
  readonly loads: ReadLoad[] = [];
  readonly interventions = new Interventions();
  /** Calls for contacts whose departure was handled more than {@link CALL_LATENCY_MS} before the call. */
  callsToDeparted = 0;
  describeCalls = 0;
  describeThrottled = 0;
  readonly #visits = new VisitLog();
  /** When contact-events had handled the departure of a contact, in real milliseconds in which time did not stand still. */
  readonly #departedAt = new Map<string, number>();
  readonly #onApplied = new Map<string, () => void>();

  /** Who waited, by contact id, in order of arrival: the ground truth. */
  get visits(): ReadonlyMap<string, Visit> {
    return this.#visits.visits;
  }

  /** Discards the calls that were recorded. */
  reset(): void {
    this.calls.length = 0;
    this.loads.length = 0;
    this.describeCalls = 0;
  }

  /** Records a call of the Connect API. */
  readonly onConnectCall = (call: ConnectCallRecord): void => {
    const throttled = call.result === 'ThrottlingException';
    if (call.api === 'DescribeContact') {
      this.describeCalls += 1;
      if (throttled) this.describeThrottled += 1;
      return;
    }
    const applied = call.result === 'done';
    this.calls.push({ ...call, request: call.request ?? {}, applied, throttled });
    const sinceDepartureMs = ranMs() - (this.#departedAt.get(call.contactId) ?? Number.POSITIVE_INFINITY);
    if (sinceDepartureMs > CALL_LATENCY_MS) this.callsToDeparted += 1;
    if (applied) this.#onApplied.get(call.contactId)?.();
  };

  /** Records what Connect answered about the load of queues. */
  readonly onMetrics = ({ at, channel, loads }: MetricsRecord): void => {
    for (const [queueId, load] of loads) this.loads.push({ at, queueId, load, ...defined({ channel }) });
  };

  /** Records an event that contact-events has handled: from now on the system knows of it. */
  readonly onEventHandled = (event: EventEnvelope): void => {
    const { eventType, contactId } = event.detail as { eventType?: string; contactId?: string };
    if (contactId !== undefined && DEPARTURE_EVENTS.has(eventType ?? ''))
      this.#departedAt.set(contactId, ranMs());
  };

  /** Records an event of the centre, and when it happened. */
  readonly onCentreEvent: VisitLog['onEvent'] = (event, at) => this.#visits.onEvent(event, at);

  /** Resolves when Connect applies the next update of the contact. */
  waitUntilApplied(contactId: string): Promise<void> {
    return new Promise((resolve) => this.#onApplied.set(contactId, resolve));
  }
}
