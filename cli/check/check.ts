import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { readBeside, readSources } from '../sources/read.ts';
import type { Source } from '../sources/source.ts';
import { isError, validateSources } from '../sources/validate.ts';
import { formatFindings, formatSummary, toFindingsJson } from './format.ts';
import { estimateLoad, formatLoad } from './load.ts';

export interface CheckOptions {
  readonly json?: boolean;
  readonly strict?: boolean;
  /** Contacts per second. */
  readonly arrivals?: number;
}

/** `escalator check`: reports every problem of policies and settings in files, and the load on the quota. */
export async function check(
  paths: readonly string[],
  { json, strict, arrivals }: CheckOptions,
  io: CommandIo,
): Promise<ExitCode> {
  const sources = await readSources(paths, io);
  const validated = validateSources([...sources, ...(await beside(sources, io))], {
    arrivalsPerSecond: arrivals,
    isPart: sources.some(({ file }) => paths.includes(file)),
  });
  const { policies, settings } = validated;
  const findings = validated.findings.filter(({ source }) => sources.includes(source));
  const load = arrivals === undefined ? undefined : estimateLoad(policies, settings, arrivals);
  if (json) {
    const result = { files: sources.length, ...toFindingsJson(findings), load };
    io.out(`${JSON.stringify(result, null, 2)}\n`);
  } else {
    io.out(formatFindings(findings, io.columns));
    if (load) io.out(formatLoad(load));
  }
  io.err(formatSummary(findings, sources.length));
  const failures = strict ? findings : findings.filter(isError);
  return failures.length > 0 ? EXIT.problems : EXIT.ok;
}

/** What the policies depend on in the folders of their files; what is in directories is a source itself. */
async function beside(sources: readonly Source[], io: CommandIo): Promise<Source[]> {
  const found = await readBeside(sources, io.cwd);
  for (const { source } of validateSources(found).findings.filter(isError)) {
    if (source.kind !== 'settings') continue;
    io.err(`${source.file} has problems, so policies are checked with the default settings.\n`);
  }
  return found;
}
