import type { Settings } from '../../lambda/domain/settings.ts';
import type { QueueSpec } from '../centre/index.ts';
import type { AgentGroup, StreamSpec } from '../workload/index.ts';
import type { Act } from './acts.ts';

const HOUR_MS = 3_600_000;

/** A valid scenario. Times are milliseconds since the epoch. */
export interface Scenario {
  readonly name: string;
  readonly description?: string;
  readonly startsAt: number;
  /** The start as written, with its offset from UTC: `2026-11-23T08:00:00+01:00`. */
  readonly startsAtLocal: string;
  /** The start of the day, by the clock of the scenario. */
  readonly dayBeganAt: number;
  /** The weekday of that day, 0 is Monday. */
  readonly weekday: number;
  readonly hours: number;
  readonly serviceLevelSeconds: number;
  /** As in `WorkloadSpec`. */
  readonly dayVariation: number;
  /** The mean. Contacts without after-contact work of their own have it. */
  readonly afterContactWorkMs: number;
  readonly settings: Settings;
  readonly queues: readonly QueueSpec[];
  readonly agents: readonly AgentGroup[];
  readonly streams: readonly ScenarioStream[];
  /** What people and other systems do meanwhile. Default: nothing. */
  readonly acts?: readonly Act[];
  /** Default: it was written by hand. */
  readonly fitted?: FittedSpan;
  /** The tiers of the streams in order; the first one is the most important. */
  readonly tiers: readonly string[];
}

/** The recording to which a scenario was fitted. A back-test judges by other days. */
export interface FittedSpan {
  /** The first and the last event, in milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** The time zone of weekdays and times of day, by its name in the IANA database. */
  readonly timezone: string;
}

/** Contacts of a tier; a tier may have several streams. */
export interface ScenarioStream extends StreamSpec {
  readonly tier: string;
}

/** When the arrivals of a scenario end, in milliseconds since the epoch. */
export function arrivalsEndAt({ startsAt, hours }: Pick<Scenario, 'startsAt' | 'hours'>): number {
  return startsAt + hours * HOUR_MS;
}
