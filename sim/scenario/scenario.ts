import type { Settings } from '../../lambda/domain/settings.ts';
import type { QueueSpec } from '../centre/index.ts';
import type { AgentGroup, StreamSpec } from '../workload/index.ts';

/** A scenario that was checked. Times are milliseconds since the epoch. */
export interface Scenario {
  readonly name: string;
  readonly description?: string;
  readonly startsAt: number;
  /** The same as people wrote it, with its distance from UTC: `2026-11-23T08:00:00+01:00`. */
  readonly startsAtLocal: string;
  /** When time of day was 0 by the clock of the scenario. */
  readonly dayBeganAt: number;
  readonly hours: number;
  readonly serviceLevelSeconds: number;
  readonly afterContactWorkMs: number;
  readonly settings: Settings;
  readonly queues: readonly QueueSpec[];
  readonly agents: readonly AgentGroup[];
  readonly streams: readonly ScenarioStream[];
  /** The tiers of the streams, in their order: the first one is the one that matters most. */
  readonly tiers: readonly string[];
}

/** The contacts of a tier, or some of them. */
export interface ScenarioStream extends StreamSpec {
  readonly tier: string;
}
