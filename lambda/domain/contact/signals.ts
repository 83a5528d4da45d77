import { defined } from '../json.ts';
import { isOneQueue, latestVisit } from './facts.ts';
import { type ContactRecord, type Signal, withHistory } from './record.ts';

/** A contact keeps so many signals; beyond that, the oldest are dropped. */
const MAX_SIGNALS = 64;

type SignalHolder = Pick<ContactRecord, 'facts' | 'signals' | 'queueSignals' | 'queueConditions'>;
type Signals = Readonly<Record<string, Signal>>;

/** The signals with more of them, without those that have expired and without the oldest where there are too many. */
export function addSignals(signals: Signals, added: Signals, now: number): Signals {
  const merged = Object.entries(added).map(([name, signal]) => [
    name,
    mergeSignals(signalOf(signals, name), signal),
  ]);
  const all: Signals = { ...signals, ...Object.fromEntries(merged) };
  const names = Object.keys(added);
  const newest = Object.entries(all)
    .filter(([name, signal]) => names.includes(name) || isActive(signal, now))
    .sort(([, a], [, b]) => b.at - a.at)
    .slice(0, MAX_SIGNALS);
  return Object.fromEntries(newest);
}

/** The names of signals that hold and that {@link addSignals} dropped. */
export function droppedNames(before: Signals, added: Signals, after: Signals, now: number): string[] {
  const held = Object.entries(before).filter(([, signal]) => isActive(signal, now));
  const names = new Set([...held.map(([name]) => name), ...Object.keys(added)]);
  return [...names].filter((name) => !Object.hasOwn(after, name));
}

/** The record with a line of its history about signals that were added, which names and counts those dropped. */
export function withSignalHistory(
  record: ContactRecord,
  now: number,
  text: string,
  dropped: readonly string[],
): ContactRecord {
  if (dropped.length === 0) return withHistory(record, now, text);
  const droppedSignals = (record.droppedSignals ?? 0) + dropped.length;
  return withHistory({ ...record, droppedSignals }, now, `${text}; too many, dropped ${dropped.join(', ')}`);
}

/** The names of the signals that hold for a contact: its own, and those that its queue has, conditions included. */
export function activeSignals(
  { facts, signals, queueSignals = {}, queueConditions = {} }: SignalHolder,
  now: number,
): string[] {
  const queue = latestVisit(facts);
  const ofQueue = [...Object.entries(queueSignals), ...Object.entries(queueConditions)].filter(
    ([, { queueArn }]) => queue !== undefined && queueArn !== undefined && isOneQueue(queue.arn, queueArn),
  );
  const active = [...Object.entries(signals), ...ofQueue].filter(([, signal]) => isActive(signal, now));
  return [...new Set(active.map(([name]) => name))];
}

/** The signal of that name; undefined where there is none, also for a name that every object has, such as `constructor`. */
export function signalOf(signals: Signals, name: string): Signal | undefined {
  return Object.hasOwn(signals, name) ? signals[name] : undefined;
}

/** True while the signal has not expired. */
export function isActive({ until = Number.POSITIVE_INFINITY }: Signal, now: number): boolean {
  return until > now;
}

/**
 * A signal that is sent twice holds until the later of both ends, in whatever order they arrive. One of another queue
 * replaces that of the queue before.
 */
function mergeSignals(a: Signal | undefined, b: Signal): Signal {
  if (!a || a.queueArn !== b.queueArn) return b;
  const until = a.until === undefined || b.until === undefined ? undefined : Math.max(a.until, b.until);
  return defined({ at: Math.max(a.at, b.at), until, queueArn: b.queueArn });
}
