import { arnId } from '../arn.ts';
import type { ContactKey } from '../contact/contact-key.ts';
import type { Decision } from '../contact/decision.ts';
import { latestVisit, visitOfId } from '../contact/facts.ts';
import type { ContactRecord } from '../contact/record.ts';
import { canonicalJson, defined } from '../json.ts';
import type { ContactMessage } from '../messages/rule-message.ts';
import type {
  ChangeLine,
  ChangeOutcome,
  ChangeReason,
  LeftLine,
  OrderLine,
  OrderOutcome,
} from '../outgoing-events/lines.ts';
import type { OutgoingDetail, OutgoingEvent } from '../outgoing-events/outgoing-event.ts';
import type { Routing } from '../routing/routing.ts';
import { stableHash } from '../stable-hash.ts';
import type { Leaving } from './leaving.ts';

/** What there is to report of a contact: a log line, and an outgoing event, which is sent if the settings choose it. */
export type Report =
  | { readonly kind: 'change'; readonly line: ChangeLine; readonly event: OutgoingEvent }
  | { readonly kind: 'left'; readonly line: LeftLine; readonly event: OutgoingEvent }
  | { readonly kind: 'order'; readonly line: OrderLine; readonly event: OutgoingEvent };

/** A change that was made or should have been. */
export interface ReportedChange {
  /** The visit that it is about, as `visitId` names it. */
  readonly queueVisit: string;
  readonly sets: Routing;
  /** The routing that was known to be applied before it. */
  readonly applied: Routing;
  /** The decision that wanted it. */
  readonly decision: Decision;
}

const EVENT_OF_OUTCOME: Readonly<Record<ChangeOutcome, OutgoingEvent['name']>> = {
  applied: 'escalated',
  rejected: 'rejected',
  missed: 'missed',
};

/**
 * Reports what became of a change.
 *
 * @param at - when that was, in milliseconds since the epoch.
 * @param error - what Connect said of a change that it rejected.
 */
export function reportChange(
  key: ContactKey,
  { queueVisit, sets, applied, decision }: ReportedChange,
  outcome: ChangeOutcome,
  at: number,
  error?: string,
): Report {
  const fields = Object.keys(sets) as (keyof Routing)[];
  const from = defined(Object.fromEntries(fields.map((field) => [field, applied[field]])));
  const line: ChangeLine = {
    ...governedVisit(key, queueVisit, decision),
    from,
    to: sets,
    latenessMs: Math.max(0, at - (decision.dueAt ?? at)),
    reason: reasonOf(sets, decision),
    outcome,
    ...defined({ error }),
  };
  const { outcome: _outcome, ...detail } = line;
  const change = [String(decision.generation), stableHash(canonicalJson(sets)).toString(16)];
  const event = outgoingEvent(EVENT_OF_OUTCOME[outcome], key, queueVisit, at, detail, ...change);
  return { kind: 'change', line, event };
}

/** Reports that a contact left a queue. */
export function reportLeaving(
  key: ContactKey,
  queueVisit: string,
  decision: Decision,
  { at, enqueuedAt, how }: Leaving,
): Report {
  const line: LeftLine = {
    ...governedVisit(key, queueVisit, decision),
    waitedMs: at - enqueuedAt,
    how,
  };
  return { kind: 'left', line, event: outgoingEvent('left', key, queueVisit, at, line) };
}

/**
 * Reports what an operator ordered for a contact; nothing of other messages.
 *
 * @param record - with the message.
 * @param now - when it arrived, in milliseconds since the epoch.
 */
export function reportOrder(message: ContactMessage, record: ContactRecord, now: number): Report[] {
  if (message.type !== 'override' && message.type !== 'release') return [];
  const { type, id, at, contactId, instanceId, sender, originalSender, actor } = message;
  const { set, until } = message.type === 'override' ? message : {};
  const line = {
    order: type,
    contactId,
    instanceId,
    ...defined({ sender, originalSender, actor }),
    messageId: id,
    sentAt: isoTime(at),
    ...defined({ set, until: until === undefined ? undefined : isoTime(until) }),
    outcome: outcomeOf(type === 'release', at, record, now),
  };
  const name = type === 'override' ? 'overridden' : 'released';
  const arn = latestVisit(record.facts)?.arn;
  const detail = { id: [name, contactId, id].join('/'), ...line };
  const contactArn = arn === undefined ? undefined : arnOfContact(arn, contactId);
  return [{ kind: 'order', line, event: { name, at, ...defined({ contactArn }), detail } }];
}

/** A message that waited, as a dead letter does until it is redriven, may come too late to have an effect. */
function outcomeOf(isRelease: boolean, at: number, { override }: ContactRecord, now: number): OrderOutcome {
  const isLast = override?.at === at && (override.set === undefined) === isRelease;
  if (!isLast) return 'superseded';
  return (override.until ?? Number.POSITIVE_INFINITY) > now ? 'applied' : 'expired';
}

function isoTime(at: number): string {
  return new Date(at).toISOString();
}

function governedVisit({ contactId, instanceId }: ContactKey, queueVisit: string, decision: Decision) {
  const { arn } = visitOfId(queueVisit);
  const { policy, step } = decision;
  return { contactId, instanceId, queueId: arnId(arn, 'queue') ?? arn, ...defined({ policy, step }) };
}

/** An operator's word counts for the fields that it sets; a policy sets the others, and those after it. */
function reasonOf(sets: Routing, { override = {}, desired }: Decision): ChangeReason {
  const isOf = (routing: Routing) =>
    (Object.keys(sets) as (keyof Routing)[]).some((field) => routing[field] !== undefined);
  if (isOf(override)) return 'override';
  return isOf(desired) ? 'policy' : 'restore';
}

/**
 * The event, with an id that depends on nothing but what it is about: the contact, its visit to the queue and, of a
 * change, the generation of the desired routing and what is set. One generation may set a field twice: an update with
 * an unknown result may turn out to have been made after the desired routing changed.
 */
function outgoingEvent(
  name: OutgoingEvent['name'],
  { contactId }: ContactKey,
  queueVisit: string,
  at: number,
  line: Omit<ChangeLine, 'outcome'> | LeftLine,
  ...change: string[]
): OutgoingEvent {
  const { arn, enqueuedAt } = visitOfId(queueVisit);
  const id = [name, contactId, enqueuedAt, ...change].join('/');
  const detail: OutgoingDetail = { id, ...line };
  return { name, at, contactArn: arnOfContact(arn, contactId), detail };
}

function arnOfContact(queueArn: string, contactId: string): string {
  return `${queueArn.slice(0, queueArn.lastIndexOf('/queue/'))}/contact/${contactId}`;
}
