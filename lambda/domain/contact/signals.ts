import { defined } from '../json.ts';
import type { Signal } from './record.ts';

/** A contact keeps so many signals; beyond that, the oldest are dropped. */
const MAX_SIGNALS = 64;

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

/** The names of signals that hold and that {@link addSignals} dropped, since there are too many. */
export function droppedSignals(before: Signals, added: Signals, after: Signals, now: number): string[] {
  const held = Object.entries(before).filter(([, signal]) => isActive(signal, now));
  const names = new Set([...held.map(([name]) => name), ...Object.keys(added)]);
  return [...names].filter((name) => !Object.hasOwn(after, name));
}

/** The signal of that name; undefined where there is none, also for a name that every object has, such as `constructor`. */
export function signalOf(signals: Signals, name: string): Signal | undefined {
  return Object.hasOwn(signals, name) ? signals[name] : undefined;
}

/** True while the signal has not expired. */
export function isActive({ until = Number.POSITIVE_INFINITY }: Signal, now: number): boolean {
  return until > now;
}

/** A signal that is sent twice holds until the later of both ends, in whatever order they arrive. */
function mergeSignals(a: Signal | undefined, b: Signal): Signal {
  if (!a) return b;
  // Of a signal on the contact itself and one on its queue, the contact's own counts: it goes with the contact.
  const ofQueue = a.ofQueue && b.ofQueue ? (true as const) : undefined;
  const until = a.until === undefined || b.until === undefined ? undefined : Math.max(a.until, b.until);
  return defined({ at: Math.max(a.at, b.at), until, ofQueue });
}
