import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { reportHtml } from '../../sim/report/index.ts';
import { formatFindings } from '../check/format.ts';
import { reportInvalid } from '../check/report-invalid.ts';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import { openWithApplication } from '../open-with-application.ts';
import { coresOf } from '../options/cores.ts';
import type { SimulationCommandOptions } from '../options/simulation.ts';
import { createProgress } from '../progress.ts';
import { conditionNotes } from './condition-notes.ts';
import { formatResult } from './format.ts';
import { meetsGoals, readGoals } from './goals.ts';
import { policyNotes } from './policy-notes.ts';
import { readPolicySets } from './policy-sets.ts';
import { validateReportPath, writeReport } from './report.ts';
import { readScenario } from './scenario.ts';
import { simulateOnCores } from './simulate-on-cores.ts';

export interface SimulateOptions extends SimulationCommandOptions {
  /** Directories of policies. */
  readonly policies: readonly string[];
  /** `none`, or a directory of policies. */
  readonly baseline: string;
  /** A file of goals. */
  readonly goals?: string;
  readonly runs: number;
  readonly json?: boolean;
  /** The file to write the report to. */
  readonly report?: string;
  readonly open?: boolean;
}

/**
 * `escalator simulate`: simulates a scenario under policy sets. Exits with 1 if the scenario, a policy or a goal is
 * invalid, or if a set does not meet a goal.
 */
export async function simulateScenario(
  file: string,
  options: SimulateOptions,
  io: CommandIo,
): Promise<ExitCode> {
  const { scenario, findings } = await readScenario(file, io.cwd, options.hours);
  if (!scenario) return reportInvalid(findings, io);
  const { policies, baseline, seed, runs } = options;
  const { sets, texts, errors, notes } = await readPolicySets(policies, baseline, scenario.settings, io);
  const { goals, findings: problems } = await readGoals(options.goals, scenario, io.cwd);
  if (errors.length + problems.length > 0) return reportInvalid([...errors, ...problems], io);
  if (goals.length > 0 && runs < 2) throw new UsageError(ONE_RUN);
  if (options.report !== undefined) await validateReportPath(options.report, io.cwd);
  io.err(formatFindings(findings, io.columns));
  for (const note of [...notes, ...conditionNotes(sets, scenario), ...policyNotes(sets, scenario)])
    io.err(`${note}\n`);

  const progress = createProgress(io);
  const onProgress = (share: number) => progress.show(formatProgressBar(share));
  const simulated = { scenario, sets, seed, runs, goals };
  const result = await simulateOnCores(simulated, texts, coresOf(options.cores), onProgress);
  progress.end();
  io.out(options.json ? `${JSON.stringify(result, null, 2)}\n` : formatResult(result));
  const code = meetsGoals(result) ? EXIT.ok : EXIT.problems;
  if (options.report === undefined && !options.open) return code;
  const path = options.report ?? join(mkdtempSync(join(tmpdir(), 'escalator-')), 'report.html');
  await writeReport(path, reportHtml(result), io);
  if (options.open && !(await openWithApplication(resolve(io.cwd, path), io.env, io.cwd))) {
    io.err('Could not open the report: open it in a browser.\n');
  }
  return code;
}

/** Why goals cannot be judged by one run. */
const ONE_RUN =
  'One run has no confidence interval, so it cannot show that a goal is met: write --runs 2 or more with --goals.';

function formatProgressBar(share: number): string {
  const done = Math.floor(share * 30);
  return `Simulating [${'#'.repeat(done)}${'.'.repeat(30 - done)}] ${Math.floor(share * 100)} %`;
}
