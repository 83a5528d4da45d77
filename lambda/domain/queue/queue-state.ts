import { arnId } from '../arn.ts';
import { type HeldConditions, namesOfHeld } from '../condition/held-conditions.ts';
import { isOneQueue } from '../contact/facts.ts';
import { type ContactRecord, type Signal, withHistory } from '../contact/record.ts';
import { addSignals, isActive, signalOf } from '../contact/signals.ts';
import { defined, sameJson, without } from '../json.ts';
import { endOfName, type QueueNaming } from './queue-name.ts';
import type { Staffing } from './staffing.ts';

/** What a queue has now, and with it every contact that waits there: one item of the table. */
export interface QueueState extends QueueNaming {
  /** Signals that were sent for the queue with a `ttl`, by name. At most 64, each with its end. */
  readonly signals: Readonly<Record<string, Signal>>;
  /** Conditions that hold for it. Default: none. */
  readonly conditions?: HeldConditions;
  /** How many agents are staffed for expressions of routes. Default: nothing is known. */
  readonly staffing?: Staffing;
}

/** The state of a queue that has nothing. */
export const EMPTY_QUEUE_STATE: QueueState = { signals: {} };

/** What names the state of a queue: its id, since Connect writes ARNs of one queue in two forms. */
export function queueStateKey(queueArn: string): string {
  return arnId(queueArn, 'queue') ?? queueArn;
}

/** The state with one more signal. One that is sent twice holds until the later of both ends. */
export function withSignal(state: QueueState, name: string, signal: Signal, now: number): QueueState {
  return { ...state, signals: addSignals(state.signals, { [name]: signal }, now) };
}

/** When the state is over, in milliseconds since the epoch, not before `now`: no contact needs it from then on. */
export function endOfState({ signals, conditions = {}, name }: QueueState, now: number): number {
  const ends = [...Object.values(signals), ...Object.values(conditions)].map(({ until = now }) => until);
  return Math.max(now, name ? endOfName(name) : now, ...ends);
}

/**
 * The record with what its queue has now: sent signals, of which each keeps its own end, and the conditions that hold,
 * until the next look at the queue. The same object where it has them already.
 *
 * @param queueArn - the queue of the state.
 */
export function withQueueState(
  record: ContactRecord,
  queueArn: string,
  { signals, conditions = {} }: QueueState,
  now: number,
): ContactRecord {
  return withConditions(withSentSignals(record, queueArn, signals, now), queueArn, conditions, now);
}

function withConditions(
  record: ContactRecord,
  queueArn: string,
  conditions: HeldConditions,
  now: number,
): ContactRecord {
  const names = namesOfHeld(conditions, now);
  const { queueConditions: before = {} } = record;
  const after = Object.fromEntries(
    names.map((name) => [name, { at: conditions[name]?.since ?? now, queueArn }]),
  );
  if (sameJson(before, after)) return record;
  const begun = names.filter((name) => !Object.hasOwn(before, name)).map((name) => `${name} holds`);
  const ended = Object.keys(before).filter((name) => !names.includes(name));
  const changes = [...begun, ...ended.map((name) => `${name} holds no more`)];
  const changed: ContactRecord =
    names.length > 0 ? { ...record, queueConditions: after } : without(record, 'queueConditions');
  return changes.length === 0
    ? changed
    : withHistory(changed, now, `condition ${changes.join(', ')} in its queue`);
}

function withSentSignals(
  record: ContactRecord,
  queueArn: string,
  signals: QueueState['signals'],
  now: number,
): ContactRecord {
  const { queueSignals: before = {} } = record;
  const missing = Object.entries(signals).filter(
    ([name, signal]) => isActive(signal, now) && !isKnown(before, name, signal, queueArn),
  );
  if (missing.length === 0) return record;
  const added = Object.fromEntries(
    missing.map(([name, { at, until }]) => [name, defined({ at, until, queueArn })]),
  );
  const names = Object.keys(added).join(', ');
  const queueSignals = addSignals(before, added, now);
  return withHistory({ ...record, queueSignals }, now, `signal ${names} of its queue`);
}

function isKnown(
  known: Readonly<Record<string, Signal>>,
  name: string,
  { until = Number.POSITIVE_INFINITY }: Signal,
  queueArn: string,
): boolean {
  const signal = signalOf(known, name);
  if (!signal?.queueArn || !isOneQueue(signal.queueArn, queueArn)) return false;
  return (signal.until ?? Number.POSITIVE_INFINITY) >= until;
}
