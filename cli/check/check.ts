import type { CommandIo } from '../command-io.ts';
import type { ConnectOptions } from '../connect-names/findings.ts';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import { readBeside, readSources } from '../sources/read.ts';
import type { Source } from '../sources/source.ts';
import {
  type Finding,
  isError,
  sortFindings,
  type ValidatedSources,
  validateSources,
} from '../sources/validate.ts';
import { formatFindings, formatSummary, toFindingsJson } from './format.ts';
import { estimateLoad, formatLoad } from './load.ts';

export interface CheckOptions extends ConnectOptions {
  readonly json?: boolean;
  readonly strict?: boolean;
  /** Contacts per second. */
  readonly arrivals?: number;
  /** Also warn of names that Connect does not know. */
  readonly againstConnect?: boolean;
}

/** `escalator check`: reports every problem of policies and settings in files, and the load on the quota. */
export async function check(
  paths: readonly string[],
  options: CheckOptions,
  io: CommandIo,
): Promise<ExitCode> {
  const { json, strict, arrivals } = options;
  const sources = await readSources(paths, io);
  const validated = validateSources([...sources, ...(await beside(sources, io))], {
    arrivalsPerSecond: arrivals,
    isPart: sources.some(({ file }) => paths.includes(file)),
  });
  const { policies, settings } = validated;
  const unknown = await unknownToConnect(sources, validated, options, io);
  const findings = sortFindings(
    [...validated.findings.filter(({ source }) => sources.includes(source)), ...unknown],
    sources,
  );
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

/** Names that Connect does not know. Only then the AWS SDK is loaded. */
async function unknownToConnect(
  sources: readonly Source[],
  { policies, settings }: ValidatedSources,
  options: CheckOptions,
  io: CommandIo,
): Promise<Finding[]> {
  if (!options.againstConnect) {
    if (options.instanceId === undefined) return [];
    throw new UsageError('--instance-id belongs to --against-connect.');
  }
  const { connectFindings } = await import('../connect-names/findings.ts');
  return connectFindings(sources, policies, settings, options, io);
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
