import { formatFindings } from '../../cli/check/format.ts';
import { reportInvalid } from '../../cli/check/report-invalid.ts';
import type { CommandIo } from '../../cli/command-io.ts';
import { readScenario } from '../../cli/simulate/scenario.ts';
import { readTextFile } from '../../cli/sources/read.ts';
import type { Scenario } from '../../sim/scenario/index.ts';
import { runBaseline } from './baseline.ts';
import {
  BUILT_IN_POLICIES,
  BUILT_IN_SCENARIO,
  EXAMPLE_POLICIES,
  RUSH_AT_MS,
  withFlowPriorities,
} from './built-in.ts';
import { type DemoPolicies, readDemoPolicies, settingsOfScenario } from './demo-policies.ts';
import { refuseUnusable, setupNotes } from './setup-notes.ts';
import type { TimeWindow, Visit } from './visits.ts';
import { busiestWindow, endOf, windowFrom } from './window.ts';

/** What a user chooses of the demo. */
export interface SetupOptions {
  /** A directory of policies, or a file. Default: the example policies. */
  readonly policies?: string;
  /** A file. Default: the scenario of the demo. */
  readonly scenario?: string;
  /** When the demo begins, in milliseconds after midnight by the clock of the scenario. */
  readonly from?: number;
  /** The length of the part of the scenario that runs. */
  readonly minutes: number;
  readonly seed: number;
}

/** What runs in the demo. */
export interface DemoSetup {
  readonly scenario: Scenario;
  readonly policies: DemoPolicies;
  /** The part of the scenario that runs. */
  readonly window: TimeWindow;
  /** Whether it was chosen since it is the busiest. */
  readonly isBusiest: boolean;
  /** Whether the demo marks contacts as angry: in its own scenario. */
  readonly hasAngryCustomers: boolean;
  /** Who waits without policies until the end of the window, by contact id. */
  readonly baseline: ReadonlyMap<string, Visit>;
}

/** Where the setup is read, and what is wrong with it is said. */
export type SetupIo = Pick<CommandIo, 'cwd' | 'err' | 'columns'>;

const DAY_HOURS = 24;

/**
 * Reads the scenario and the policies, and chooses the part of the day.
 *
 * @returns undefined when a file has problems, which are printed.
 * @throws UsageError when a path or a time is not usable.
 */
export async function readSetup(options: SetupOptions, io: SetupIo): Promise<DemoSetup | undefined> {
  const file = options.scenario ?? BUILT_IN_SCENARIO;
  const { scenario: parsed, findings } = await readScenario(file, io.cwd);
  if (!parsed) {
    reportInvalid(findings, io);
    return undefined;
  }
  refuseUnusable(parsed);
  const isBuiltIn = options.scenario === undefined;
  const scenario = isBuiltIn ? withFlowPriorities(parsed) : parsed;
  const settings = settingsOfScenario(file, await readTextFile(file, io.cwd));
  const policies = await readDemoPolicies(policyPaths(options), settings, io, options.policies === undefined);
  if (!policies) return undefined;
  io.err(formatFindings(findings, io.columns));
  for (const note of setupNotes(scenario, policies.configuration)) io.err(`${note}\n`);
  const { seed, minutes } = options;
  const from = options.from ?? (isBuiltIn ? RUSH_AT_MS : undefined);
  const common = { scenario, policies, hasAngryCustomers: isBuiltIn, isBusiest: from === undefined };
  if (from !== undefined) {
    const window = windowFrom(scenario, from, minutes);
    return { ...common, window, baseline: runBaseline(scenario, seed, window.endsAt) };
  }
  const ofDay = runBaseline(
    scenario,
    seed,
    endOf({ ...scenario, hours: Math.min(DAY_HOURS, scenario.hours) }),
  );
  const window = busiestWindow(scenario, ofDay.values(), minutes);
  return { ...common, window, baseline: runBaseline(scenario, seed, window.endsAt) };
}

function policyPaths({ policies, scenario }: SetupOptions): string[] {
  if (policies !== undefined) return [policies];
  return scenario === undefined ? [EXAMPLE_POLICIES, BUILT_IN_POLICIES] : [EXAMPLE_POLICIES];
}
