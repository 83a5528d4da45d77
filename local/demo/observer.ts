import type { ContactEventEnvelope } from '../../sim/centre/index.ts';
import type { ConnectCallRecord } from '../connect/index.ts';
import type { EventEnvelope } from '../events/event-bus.ts';
import { realNow } from '../time/clock.ts';
import type { ObservedCall } from './audit.ts';

/** When a contact entered its queue, and when and how it left it. Milliseconds since the epoch. */
export interface ObservedContact {
  readonly enqueuedAt?: number;
  readonly connectedAt?: number;
  readonly disconnectedAt?: number;
}

/** The members that are read of what the centre publishes. */
interface PublishedDetail {
  readonly contactId: string;
  readonly queueInfo?: { readonly enqueueTimestamp: string };
  readonly agentInfo?: { readonly connectedToAgentTimestamp: string };
  readonly disconnectTimestamp?: string;
}

/** Real milliseconds that a call may have been under way, on a busy machine, before Connect sees it. */
const CALL_LATENCY_MS = 100;

/** Event types that tell that a contact does not wait any more. */
const DEPARTURE_EVENTS = new Set(['CONNECTED_TO_AGENT', 'DISCONNECTED', 'COMPLETED']);

/** Everything that is measured while the scenario runs, where it happens. */
export class DemoObserver {
  readonly calls: ObservedCall[] = [];
  readonly contacts = new Map<string, ObservedContact>();
  /** Calls for contacts whose leaving had been dealt with before the call came. */
  callsToDeparted = 0;
  describeCalls = 0;
  describeThrottled = 0;
  /** Contacts known to have left, with the real time in milliseconds since when. */
  readonly #departedAt = new Map<string, number>();
  readonly #onApplied = new Map<string, () => void>();

  /** Has Connect tell of each call that it got. */
  readonly onConnectCall = (call: ConnectCallRecord): void => {
    const throttled = call.result === 'ThrottlingException';
    if (call.api === 'DescribeContact') {
      this.describeCalls += 1;
      if (throttled) this.describeThrottled += 1;
      return;
    }
    const applied = call.result === 'done';
    this.calls.push({ ...call, request: call.request ?? {}, applied, throttled });
    const knownForMs = realNow() - (this.#departedAt.get(call.contactId) ?? Number.POSITIVE_INFINITY);
    if (knownForMs > CALL_LATENCY_MS) this.callsToDeparted += 1;
    if (applied) this.#onApplied.get(call.contactId)?.();
  };

  /** Has the system tell when contact-events has dealt with an event: from then on it is known. */
  readonly onEventHandled = (event: EventEnvelope): void => {
    const { eventType, contactId } = event.detail as { eventType?: string; contactId?: string };
    if (contactId !== undefined && DEPARTURE_EVENTS.has(eventType ?? ''))
      this.#departedAt.set(contactId, realNow());
  };

  /** Has the centre tell of each event as it happens: this is the truth, whoever knows it yet. */
  readonly onPublished = (event: ContactEventEnvelope): void => {
    const detail = event.detail as PublishedDetail;
    const seen = {
      enqueuedAt: parseTime(detail.queueInfo?.enqueueTimestamp),
      connectedAt: parseTime(detail.agentInfo?.connectedToAgentTimestamp),
      disconnectedAt: parseTime(detail.disconnectTimestamp),
    };
    const known = Object.entries(seen).filter(([, at]) => at !== undefined);
    this.contacts.set(detail.contactId, {
      ...this.contacts.get(detail.contactId),
      ...Object.fromEntries(known),
    });
  };

  /** Resolves when Connect has applied a change to that contact. */
  waitUntilApplied(contactId: string): Promise<void> {
    return new Promise((resolve) => this.#onApplied.set(contactId, resolve));
  }
}

function parseTime(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}
