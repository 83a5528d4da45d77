import { simulate } from '../../sim/simulation/index.ts';
import { formatFinding, formatSummary, type PrintableFinding } from '../check/format.ts';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { createProgress } from '../progress.ts';
import { formatResult } from './format.ts';
import { readPolicySets } from './policy-sets.ts';
import { openFile, validateReportPath, writeReport } from './report.ts';
import { readScenario } from './scenario.ts';

export interface SimulateOptions {
  readonly policies: readonly string[];
  readonly against: string;
  readonly runs: number;
  readonly seed: number;
  readonly hours?: number;
  readonly json?: boolean;
  readonly report?: string;
  readonly open?: boolean;
}

/** `escalator simulate`: what policy sets do to the contacts of a scenario. Exit code 1 where one of them is not valid. */
export async function simulateScenario(
  file: string,
  options: SimulateOptions,
  io: CommandIo,
): Promise<ExitCode> {
  const { scenario, findings: ofScenario } = await readScenario(file, io.cwd, options.hours);
  if (!scenario) return reportInvalid(ofScenario, io);
  const { sets, findings, notes } = await readPolicySets(
    options.policies,
    options.against,
    scenario.settings,
    io.cwd,
  );
  if (findings.length > 0) return reportInvalid(findings, io);
  if (options.report !== undefined) await validateReportPath(options.report, io.cwd);
  io.err(formatFindings(ofScenario, io));
  for (const note of notes) io.err(`${note}\n`);

  const progress = createProgress(io);
  const result = simulate({
    scenario,
    sets,
    seed: options.seed,
    runs: options.runs,
    onProgress: (share) => progress.show(formatProgressBar(share)),
  });
  progress.end();
  io.out(options.json ? `${JSON.stringify(result, null, 2)}\n` : formatResult(result));
  if (options.report === undefined && !options.open) return EXIT.ok;
  const path = await writeReport(result, options.report, io.cwd);
  io.err(`Report: ${path}\n`);
  if (options.open && !(await openFile(path, io)))
    io.err('It could not be opened from here: open it in a browser.\n');
  return EXIT.ok;
}

function reportInvalid(findings: readonly PrintableFinding[], io: CommandIo): ExitCode {
  io.err(formatFindings(findings, io));
  io.err(formatSummary(findings, new Set(findings.map(({ source }) => source.file)).size));
  return EXIT.problems;
}

function formatFindings(findings: readonly PrintableFinding[], { columns }: CommandIo): string {
  return findings.map((finding) => formatFinding(finding, columns)).join('');
}

function formatProgressBar(share: number): string {
  const done = Math.floor(share * 30);
  return `Simulating [${'#'.repeat(done)}${'.'.repeat(30 - done)}] ${Math.floor(share * 100)} %`;
}
