import { defined } from '../../lambda/domain/json.ts';
import { parseSettings } from '../../lambda/domain/parse-settings.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { readSettingsBeside, readSources } from '../sources/read.ts';
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
  const { policies, settings, findings } = validateSources(sources, {
    arrivalsPerSecond: arrivals,
    isPart: sources.some(({ file }) => paths.includes(file)),
    ...defined({ settings: await settingsBeside(sources, io) }),
  });
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

/** The settings in the folders of the policy files; those in directories are sources themselves. */
async function settingsBeside(sources: readonly Source[], io: CommandIo): Promise<Settings | undefined> {
  for (const { file, text, encodingProblem } of await readSettingsBeside(sources, io.cwd)) {
    const { settings } = encodingProblem ? {} : parseSettings(text);
    if (settings) return settings;
    io.err(`${file} has problems, so policies are checked with the default settings.\n`);
  }
  return undefined;
}
