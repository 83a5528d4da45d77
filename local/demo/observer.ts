import { defined } from '../../lambda/domain/json.ts';
import type { ContactEventEnvelope } from '../../sim/centre/index.ts';
import type { ConnectCallRecord, MetricsRecord } from '../connect/index.ts';
import type { EventEnvelope } from '../events/event-bus.ts';
import { ranMs } from '../time/clock.ts';
import type { ObservedCall } from './audit.ts';
import { SUPPORT_QUEUE } from './centre-config.ts';
import type { ReadLoad } from './condition-spans.ts';

/** When a contact entered its queue and left it, in milliseconds since the epoch. */
export interface ObservedContact {
  readonly enqueuedAt?: number;
  readonly connectedAt?: number;
  readonly disconnectedAt?: number;
}

/** The members of a contact event that the observer reads. */
interface PublishedDetail {
  readonly contactId: string;
  readonly queueInfo?: { readonly enqueueTimestamp: string };
  readonly agentInfo?: { readonly connectedToAgentTimestamp: string };
  readonly disconnectTimestamp?: string;
}

/** Real milliseconds that a call may take from dispatch to Connect. */
export const CALL_LATENCY_MS = 100;

/** The types of events after which a contact is no longer queued. */
const DEPARTURE_EVENTS = new Set(['CONNECTED_TO_AGENT', 'DISCONNECTED', 'COMPLETED']);

/** Records the calls and events of the demo. */
export class DemoObserver {
  readonly calls: ObservedCall[] = [];
  readonly contacts = new Map<string, ObservedContact>();
  /** The loads of the support queue that Connect answered. */
  readonly loads: ReadLoad[] = [];
  /** Calls for contacts whose departure was handled more than {@link CALL_LATENCY_MS} before the call. */
  callsToDeparted = 0;
  describeCalls = 0;
  describeThrottled = 0;
  /** When contact-events had handled the departure of a contact, in real milliseconds in which time did not stand still. */
  readonly #departedAt = new Map<string, number>();
  readonly #onApplied = new Map<string, () => void>();

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
    const load = loads.get(SUPPORT_QUEUE);
    if (load) this.loads.push({ at, load, ...defined({ channel }) });
  };

  /** Records an event that contact-events has handled: from now on the system knows of it. */
  readonly onEventHandled = (event: EventEnvelope): void => {
    const { eventType, contactId } = event.detail as { eventType?: string; contactId?: string };
    if (contactId !== undefined && DEPARTURE_EVENTS.has(eventType ?? ''))
      this.#departedAt.set(contactId, ranMs());
  };

  /** Records an event that the centre publishes: the ground truth. */
  readonly onPublished = (event: ContactEventEnvelope): void => {
    const detail = event.detail as PublishedDetail;
    this.contacts.set(detail.contactId, {
      ...this.contacts.get(detail.contactId),
      ...defined({
        enqueuedAt: parseTime(detail.queueInfo?.enqueueTimestamp),
        connectedAt: parseTime(detail.agentInfo?.connectedToAgentTimestamp),
        disconnectedAt: parseTime(detail.disconnectTimestamp),
      }),
    });
  };

  /** Resolves when Connect applies the next update of the contact. */
  waitUntilApplied(contactId: string): Promise<void> {
    return new Promise((resolve) => this.#onApplied.set(contactId, resolve));
  }
}

function parseTime(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}
