import { EXIT, type ExitCode } from '../errors.ts';
import type { Io } from '../io.ts';
import { checkSources } from '../sources/checked.ts';
import { readSources } from '../sources/read.ts';
import { loadOf, loadText } from './load.ts';
import { findingJson, findingText, summaryText } from './print.ts';

export interface CheckOptions {
  readonly json?: boolean;
  readonly strict?: boolean;
  /** Contacts per second. */
  readonly arrivals?: number;
}

/** `escalator check`: tells every problem of files, and the load that their policies can cause. */
export async function check(paths: readonly string[], options: CheckOptions, io: Io): Promise<ExitCode> {
  const sources = await readSources(paths, io.cwd);
  const { policies, settings, findings } = checkSources(sources, options.arrivals);
  const load = options.arrivals === undefined ? undefined : loadOf(policies, settings, options.arrivals);
  if (options.json) {
    const answer = { files: sources.length, findings: findings.map(findingJson), ...(load ? { load } : {}) };
    io.out(`${JSON.stringify(answer, null, 2)}\n`);
  } else {
    io.out(findings.map((finding) => findingText(finding, io.columns)).join(''));
    if (load) io.out(loadText(load));
  }
  io.err(summaryText(findings, sources.length));
  const counting = options.strict ? findings : findings.filter(({ severity }) => severity === 'error');
  return counting.length > 0 ? EXIT.problems : EXIT.ok;
}
