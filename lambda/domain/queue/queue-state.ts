import { arnId } from '../arn.ts';
import { isOneQueue } from '../contact/facts.ts';
import { type ContactRecord, type Signal, withHistory } from '../contact/record.ts';
import { addSignals, isActive } from '../contact/signals.ts';
import { defined } from '../json.ts';

/** What a queue has now, and with it every contact that waits there: one item of the table. */
export interface QueueState {
  /** Signals that were sent for the queue with a `ttl`, by name. At most 64, each with its end. */
  readonly signals: Readonly<Record<string, Signal>>;
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

/** When the state is over, in milliseconds since the epoch: no contact needs it from then on. */
export function endOfState({ signals }: QueueState): number {
  return Math.max(0, ...Object.values(signals).map(({ until = 0 }) => until));
}

/**
 * The record with the signals that its queue has now. Each keeps its own end. The same object where it has them
 * already.
 *
 * @param queueArn - the queue of the state.
 */
export function withSignalsOfQueue(
  record: ContactRecord,
  queueArn: string,
  { signals }: QueueState,
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
  const signal = Object.hasOwn(known, name) ? known[name] : undefined;
  if (!signal?.queueArn || !isOneQueue(signal.queueArn, queueArn)) return false;
  return (signal.until ?? Number.POSITIVE_INFINITY) >= until;
}
