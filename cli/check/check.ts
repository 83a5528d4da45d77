import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { readSources } from '../sources/read.ts';
import { validateSources } from '../sources/validate.ts';
import { formatFinding, formatSummary, toFindingJson } from './format.ts';
import { estimateLoad, formatLoad } from './load.ts';

export interface CheckOptions {
  readonly json?: boolean;
  readonly strict?: boolean;
  /** Contacts per second. */
  readonly arrivals?: number;
}

/** `escalator check`: tells every problem of files, and the load that their policies can cause. */
export async function check(
  paths: readonly string[],
  options: CheckOptions,
  io: CommandIo,
): Promise<ExitCode> {
  const sources = await readSources(paths, io.cwd);
  const { policies, settings, findings } = validateSources(sources, options.arrivals);
  const load =
    options.arrivals === undefined ? undefined : estimateLoad(policies, settings, options.arrivals);
  if (options.json) {
    const answer = {
      files: sources.length,
      findings: findings.map(toFindingJson),
      ...(load ? { load } : {}),
    };
    io.out(`${JSON.stringify(answer, null, 2)}\n`);
  } else {
    io.out(findings.map((finding) => formatFinding(finding, io.columns)).join(''));
    if (load) io.out(formatLoad(load));
  }
  io.err(formatSummary(findings, sources.length));
  const counting = options.strict ? findings : findings.filter(({ severity }) => severity === 'error');
  return counting.length > 0 ? EXIT.problems : EXIT.ok;
}
