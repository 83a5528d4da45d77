import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { backTest } from '../../sim/backtest/back-test.ts';
import { planBackTest } from '../../sim/backtest/back-test-plan.ts';
import { type HeldOut, HeldOutCollector, type JudgedSpan } from '../../sim/backtest/held-out.ts';
import type { BackTestResult } from '../../sim/backtest/result.ts';
import type { RecordingScan } from '../../sim/replay/recording-scan.ts';
import { backTestHtml } from '../../sim/report/back-test/index.ts';
import type { Scenario } from '../../sim/scenario/index.ts';
import { reportInvalid } from '../check/report-invalid.ts';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import { createMemoryGuard, type MemoryGuard } from '../memory-guard.ts';
import { coresOf } from '../options/cores.ts';
import type { RecordingPartOptions } from '../options/recording-part.ts';
import { createProgress, type Progress } from '../progress.ts';
import { formatProblems } from '../replay/format.ts';
import { formatNoEvents } from '../replay/no-events.ts';
import { recordedInputs, scanSources, selectedPart } from '../replay/recorded-inputs.ts';
import {
  openRecordings,
  type RecordingSource,
  refuseStdinTwice,
} from '../replay/recording/open-recordings.ts';
import { conditionNotes } from '../simulate/condition-notes.ts';
import { policyNotes } from '../simulate/policy-notes.ts';
import { readPolicySets } from '../simulate/policy-sets.ts';
import { validateReportPath, writeReport } from '../simulate/report.ts';
import { readScenario } from '../simulate/scenario.ts';
import { asUsageError } from '../sources/read.ts';
import { createThreadPool } from '../threads/thread-pool.ts';
import { createResult } from './create-result.ts';
import { formatBackTest } from './format.ts';
import { judgedSpan, partToRead } from './judged-span.ts';
import { resultFile } from './result-file.ts';
import { simulateOn } from './simulate-on.ts';

export interface BackTestCommandOptions extends RecordingPartOptions {
  /** A directory of policies. Default: none. */
  readonly policies?: string;
  readonly runs: number;
  readonly seed: number;
  /** Default: all. */
  readonly cores?: number;
  readonly adjustAgents: boolean;
  /** The file to write the result to; true or undefined: beside the scenario; false: none. */
  readonly output?: string | boolean;
  readonly json?: boolean;
  /** The file to write the report to. */
  readonly report?: string;
}

/**
 * `escalator backtest`: judges a scenario by recorded days. Exits with 1 if the scenario is not trusted, or an input is
 * invalid.
 */
export async function runBackTest(
  file: string,
  recordings: readonly string[],
  options: BackTestCommandOptions,
  io: CommandIo,
): Promise<ExitCode> {
  refuseStdinTwice([file, ...recordings]);
  const part = selectedPart(options);
  const { scenario, findings } = await readScenario(file, io.cwd);
  if (!scenario) return reportInvalid(findings, io);
  const { policies = 'none' } = options;
  const { sets, texts, errors } = await readPolicySets([], policies, scenario.settings, io);
  if (errors.length > 0) return reportInvalid(errors, io);
  const [set] = sets;
  const [text] = texts;
  if (!set || !text) throw new TypeError('There is no policy set.');
  const output = options.output === false ? undefined : resultFile(file, options.output);
  for (const path of [output, options.report]) {
    if (path !== undefined) await validateReportPath(path, io.cwd);
  }
  for (const note of [...conditionNotes(sets, scenario), ...policyNotes(sets, scenario)]) io.err(`${note}\n`);
  const sources = await openRecordings(recordings, io);
  const progress = createProgress(io);
  const memory = createMemoryGuard('judge by a part (--from, --to)');
  const pool = createThreadPool(coresOf(options.cores));
  try {
    const scan = await scanSources(sources, partToRead(part), progress);
    if (scan.events === 0) throw new UsageError(formatNoEvents(scan, recordings, 'to judge by'));
    const { span, note } = judgedSpan(scenario, part, scan);
    if (note !== undefined) io.err(`${note}\n`);
    const heldOut = await collect(scenario, span, { sources, scan, progress, memory });
    const plan = planBackTest(scenario, heldOut);
    const outcome = await backTest({
      plan,
      runs: options.runs,
      seed: options.seed,
      adjustsAgents: options.adjustAgents,
      simulateRuns: simulateOn(pool, plan.scopes, text, progress),
    });
    progress.end();
    const result = createResult({
      outcome,
      plan,
      heldOut,
      scenario,
      messages: scan.messages,
      recordings: sources.map(({ name }) => name),
      policies: set.name,
      runs: options.runs,
      seed: options.seed,
    });
    io.out(options.json ? `${JSON.stringify(result, null, 2)}\n` : formatBackTest(result));
    io.err(formatProblems(scan));
    await write(result, output, options.report, io);
    return result.verdict === 'trusted' ? EXIT.ok : EXIT.problems;
  } finally {
    await pool.close();
    memory.end();
    progress.end();
  }
}

interface Reading {
  readonly sources: readonly RecordingSource[];
  readonly scan: RecordingScan;
  readonly progress: Progress;
  readonly memory: MemoryGuard;
}

/** @throws UsageError where no contact can be judged by. */
async function collect(
  scenario: Scenario,
  span: JudgedSpan,
  { sources, scan, progress, memory }: Reading,
): Promise<HeldOut> {
  const collector = new HeldOutCollector(scenario, span);
  const total = scan.events + scan.messages;
  let read = 0;
  for await (const input of recordedInputs(sources, scan)) {
    collector.add(input);
    memory.check();
    read += 1;
    progress.show(`Collected ${Math.floor((read / total) * 100)} % of ${total} events`);
  }
  const heldOut = collector.end();
  if (heldOut.judged > 0) return heldOut;
  const { contacts, places } = heldOut.unmatched;
  if (contacts === 0) {
    throw new UsageError(
      'No contact with a known wait is in the time to judge by: choose another (--from, --to).',
    );
  }
  const known = scenario.queues.map(({ id }) => id).join(', ');
  throw new UsageError(
    `No contact of the recording belongs to a stream of the scenario, whose queues are ${known}. The contacts waited ` +
      `in ${places.join(', ')}: write these ids as queues, or let escalator calibrate write the scenario.`,
  );
}

async function write(
  result: BackTestResult,
  output: string | undefined,
  report: string | undefined,
  io: CommandIo,
): Promise<void> {
  if (output !== undefined) {
    const text = `${JSON.stringify(result, null, 2)}\n`;
    await asUsageError(output, () => writeFile(resolve(io.cwd, output), text));
    io.err(`Back-test: ${output}\n`);
  }
  if (report !== undefined) await writeReport(report, backTestHtml(result), io);
}
