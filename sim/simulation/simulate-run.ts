import type { Scenario } from '../scenario/index.ts';
import type { RunKey } from '../workload/index.ts';
import { type RunConfiguration, runScenario } from './run-scenario.ts';
import { type SetSnapshot, SetTally } from './set-tally.ts';
import { StatisticsCollector } from './statistics-collector.ts';

/** What one run gave: plain data, so that another thread can simulate it. */
export interface RunOutcome {
  readonly tally: SetSnapshot;
  /** The contact of the first tier that waited longest, without transferred contacts and redials. */
  readonly longest?: string;
}

/** What a run needs. */
export interface RunTask {
  readonly scenario: Scenario;
  readonly set: RunConfiguration;
  readonly key: RunKey;
  /** Target times in seconds within which contacts are counted, beside that of the service level. Default: none. */
  readonly thresholds?: readonly number[];
  /** Receives the completed share of the run from time to time, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Simulates one run. The same task gives the same outcome, whatever ran before it. */
export function simulateRun({ scenario, set, key, thresholds, onProgress }: RunTask): RunOutcome {
  const { startsAt, hours } = scenario;
  const tally = new SetTally(scenario, set, thresholds);
  const collector = new StatisticsCollector(scenario, tally, (now) =>
    onProgress?.(Math.min(1, (now - startsAt) / (hours * 3_600_000))),
  );
  runScenario(scenario, set, key, collector);
  const longest = collector.longestWait?.contactId;
  return { tally: tally.snapshot(), ...(longest !== undefined && { longest }) };
}
