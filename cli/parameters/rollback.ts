import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import { kindOf, parameterName, type Source } from '../sources/source.ts';
import { formatChange } from './changes.ts';
import type { SyncOptions } from './options.ts';
import { openParameterStore, type ParameterVersion } from './parameter-store.ts';
import { reportFindings } from './push.ts';

export interface RollbackOptions extends SyncOptions {
  /** The version to go back to; without it, the last one with another text. */
  readonly to?: number;
}

/** `escalator rollback`: writes an earlier version's text as the newest one. Refused when that is not valid. */
export async function rollback(name: string, options: RollbackOptions, io: CommandIo): Promise<ExitCode> {
  const parameter = parameterName({ name, kind: kindOf(name) });
  const path = `${options.prefix}/${parameter}`;
  const parameters = openParameterStore(options);
  const versions = await parameters.history(parameter);
  const latest = versions.at(-1);
  const earlier = findEarlierVersion(versions, options.to);
  if (!latest || !earlier) {
    const kept = versions.map(({ version }) => version).join(', ');
    throw new UsageError(
      options.to === undefined
        ? `${path} has no earlier version with another text.`
        : `${path} has no version ${options.to}; expected one of ${kept}.`,
    );
  }
  if (earlier.text === latest.text) {
    io.err(
      `Version ${latest.version} has the text of version ${earlier.version} already: nothing to write.\n`,
    );
    return EXIT.ok;
  }
  const asSource = ({ version, text }: ParameterVersion): Source => ({
    file: `${path}:${version}`,
    name,
    kind: kindOf(name),
    text,
  });
  if (!reportFindings([asSource(earlier)], io)) return EXIT.problems;
  io.out(formatChange({ from: asSource(latest), to: asSource(earlier) }, io.colours));
  if (options.dryRun) {
    io.err('Dry run: 1 parameter to write.\n');
    return EXIT.ok;
  }
  const { version } = await parameters.put(parameter, earlier.text);
  io.out(`Wrote ${path}, version ${version}: the text of version ${earlier.version}.\n`);
  return EXIT.ok;
}

function findEarlierVersion(
  versions: readonly ParameterVersion[],
  to: number | undefined,
): ParameterVersion | undefined {
  if (to !== undefined) return versions.find(({ version }) => version === to);
  const latest = versions.at(-1);
  return versions.findLast(({ text }) => text !== latest?.text);
}
