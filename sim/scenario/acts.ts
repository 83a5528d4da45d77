import { defined } from '../../lambda/domain/json.ts';
import { routingFromSet } from '../../lambda/domain/policy/routing-set.ts';
import type { Routing } from '../../lambda/domain/routing/routing.ts';
import { durationMs } from './durations.ts';
import type { ActSource } from './schema.ts';
import { parseStart, parseTimeOfDay } from './times.ts';

const DAY_MS = 86_400_000;

/** What people or other systems do while a scenario runs. Times are milliseconds. */
export interface Act {
  readonly time: ActTime;
  readonly does:
    | { readonly kind: 'signal'; readonly signal: string; readonly ttlMs?: number }
    | { readonly kind: 'override'; readonly set: Routing; readonly ttlMs?: number }
    | { readonly kind: 'release' }
    /** Calls are stopped, as by the kill switch. */
    | { readonly kind: 'pause'; readonly ms: number };
  /** The contacts that it concerns. Default: contacts of all queues and tiers. */
  readonly queueId?: string;
  readonly tier?: string;
  /** The share of these contacts, from 0 to 1. Default: all. */
  readonly share?: number;
}

/** Each day at a time after midnight, once at a moment since the epoch, or when a contact has waited for a time. */
export type ActTime =
  | { readonly dailyMs: number }
  | { readonly onceAt: number }
  | { readonly afterMs: number };

/** Converts a valid act. */
export function toAct(source: ActSource): Act {
  const { at = '', after, queue, tier, share } = source;
  return {
    time: after === undefined ? timeOf(at) : { afterMs: durationMs(after) },
    does: doingOf(source),
    ...defined({ queueId: queue, tier, share }),
  };
}

function doingOf({ signal, override, pause, ttl }: ActSource): Act['does'] {
  const lasts = ttl === undefined ? {} : { ttlMs: durationMs(ttl) };
  if (signal !== undefined) return { kind: 'signal', signal, ...lasts };
  if (override !== undefined) return { kind: 'override', set: routingFromSet(override), ...lasts };
  return pause === undefined ? { kind: 'release' } : { kind: 'pause', ms: durationMs(pause) };
}

function timeOf(at: string): ActTime {
  const dailyMs = parseTimeOfDay(at);
  return dailyMs === undefined ? { onceAt: parseStart(at)?.startsAt ?? 0 } : { dailyMs };
}

/**
 * The moments at which an act is done, from a moment up to, but not including, another one, in milliseconds since the epoch;
 * none for one that depends on the wait of contacts.
 *
 * @param dayBeganAt - the start of the first day.
 */
export function actMoments(time: ActTime, dayBeganAt: number, from: number, to: number): number[] {
  if ('afterMs' in time) return [];
  if ('onceAt' in time) return time.onceAt >= from && time.onceAt < to ? [time.onceAt] : [];
  const moments: number[] = [];
  for (let at = dayBeganAt + time.dailyMs; at < to; at += DAY_MS) if (at >= from) moments.push(at);
  return moments;
}
