import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { kindOf, parameterOf, type Source } from '../sources/source.ts';
import { changeText } from './changes.ts';
import type { SyncOptions } from './options.ts';
import { passes } from './push.ts';
import { openParameters, type ParameterVersion } from './store.ts';

export interface RollbackOptions extends SyncOptions {
  /** The version to go back to; without it, the last one with another text. */
  readonly to?: number;
}

/** `escalator rollback`: writes an earlier version's text as the newest one. Refused when that is not valid. */
export async function rollback(name: string, options: RollbackOptions, io: Io): Promise<ExitCode> {
  const parameter = parameterOf({ name, kind: kindOf(name) });
  const path = `${options.prefix}/${parameter}`;
  const parameters = openParameters(options);
  const versions = await parameters.history(parameter);
  const latest = versions.at(-1);
  const earlier = earlierVersion(versions, options.to);
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
  if (!passes([asSource(earlier)], io)) return EXIT.problems;
  io.out(changeText({ from: asSource(latest), to: asSource(earlier) }, io.colours));
  if (options.dryRun) {
    io.err('Dry run: 1 parameter to write.\n');
    return EXIT.ok;
  }
  const { version } = await parameters.put(parameter, earlier.text);
  io.out(`Wrote ${path}, version ${version}: the text of version ${earlier.version}.\n`);
  return EXIT.ok;
}

function earlierVersion(
  versions: readonly ParameterVersion[],
  to: number | undefined,
): ParameterVersion | undefined {
  if (to !== undefined) return versions.find(({ version }) => version === to);
  const latest = versions.at(-1);
  return versions.findLast(({ text }) => text !== latest?.text);
}
