import { simulate } from '../../sim/simulation/index.ts';
import { findingText, type PrintableFinding, summaryText } from '../check/print.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import type { Io } from '../io.ts';
import { createProgress } from '../progress.ts';
import { resultText } from './print.ts';
import { checkReportPlace, openFile, writeReport } from './report.ts';
import { readScenario } from './scenario.ts';
import { readSets } from './sets.ts';

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
export async function simulateScenario(file: string, options: SimulateOptions, io: Io): Promise<ExitCode> {
  const { scenario, findings: ofScenario } = await readScenario(file, io.cwd, options.hours);
  if (!scenario) return refuse(ofScenario, io);
  const { sets, findings, notes } = await readSets(
    options.policies,
    options.against,
    scenario.settings,
    io.cwd,
  );
  if (findings.length > 0) return refuse(findings, io);
  if (options.report !== undefined) await checkReportPlace(options.report, io.cwd);
  io.err(findingsText(ofScenario, io));
  for (const note of notes) io.err(`${note}\n`);

  const progress = createProgress(io);
  const result = simulate({
    scenario,
    sets,
    seed: options.seed,
    runs: options.runs,
    onProgress: (share) => progress.show(bar(share)),
  });
  progress.end();
  io.out(options.json ? `${JSON.stringify(result, null, 2)}\n` : resultText(result));
  if (options.report === undefined && !options.open) return EXIT.ok;
  const path = await writeReport(result, options.report, io.cwd);
  io.err(`Report: ${path}\n`);
  if (options.open && !(await openFile(path, io)))
    io.err('It could not be opened from here: open it in a browser.\n');
  return EXIT.ok;
}

function refuse(findings: readonly PrintableFinding[], io: Io): ExitCode {
  io.err(findingsText(findings, io));
  io.err(summaryText(findings, new Set(findings.map(({ source }) => source.file)).size));
  return EXIT.problems;
}

function findingsText(findings: readonly PrintableFinding[], { columns }: Io): string {
  return findings.map((finding) => findingText(finding, columns)).join('');
}

function bar(share: number): string {
  const done = Math.floor(share * 30);
  return `Simulating [${'#'.repeat(done)}${'.'.repeat(30 - done)}] ${Math.floor(share * 100)} %`;
}
