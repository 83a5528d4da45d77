import { warnIfOtherVersionIsDeployed } from '../aws/deployed-version.ts';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import { kindOf, parameterName, type Source } from '../sources/source.ts';
import { isError } from '../sources/validate.ts';
import { formatChange } from './changes.ts';
import { newFindings } from './new-findings.ts';
import type { SyncOptions } from './options.ts';
import { openParameterStore, type ParameterVersion } from './parameter-store.ts';
import { reportFindings } from './report-findings.ts';

export interface RollbackOptions extends SyncOptions {
  /** The version to roll back to. Default: the last version with a different text. */
  readonly to?: number;
}

/**
 * `escalator rollback`: writes the text of an earlier version as the newest version, if that text is valid.
 */
export async function rollback(name: string, options: RollbackOptions, io: CommandIo): Promise<ExitCode> {
  const kind = kindOf(name);
  const parameter = parameterName({ name, kind });
  const path = `${options.prefix}/${parameter}`;
  const store = openParameterStore(options, io);
  const [versions] = await Promise.all([store.history(parameter), warnIfOtherVersionIsDeployed(options, io)]);
  const latest = versions.at(-1);
  const earlier = findEarlierVersion(versions, options.to);
  if (!latest || !earlier) {
    const existing = versions.map(({ version }) => version).join(', ');
    throw new UsageError(
      options.to === undefined
        ? `${path} has no earlier version with a different text.`
        : `${path} has no version ${options.to}; expected one of ${existing}.`,
    );
  }
  if (earlier.text === latest.text) {
    io.err(`Versions ${latest.version} and ${earlier.version} have the same text: nothing to write.\n`);
    return EXIT.ok;
  }
  const toSource = ({ version, text }: ParameterVersion): Source => ({
    file: `${path}:${version}`,
    name,
    kind,
    text,
  });
  const current = await store.sources();
  const remaining = current.filter((source) => parameterName(source) !== parameter);
  const findings = newFindings([toSource(earlier)], remaining, current).filter(
    // A rollback is not the time for warnings about the other policies.
    (finding) => isError(finding) || finding.source.name === name,
  );
  if (!reportFindings(findings, 1 + remaining.length, io)) return EXIT.problems;
  io.out(formatChange({ from: toSource(latest), to: toSource(earlier) }, io.colours));
  if (options.dryRun) {
    io.err('Dry run: 1 parameter to write.\n');
    return EXIT.ok;
  }
  const { version } = await store.put(parameter, earlier.text);
  io.out(`Wrote ${path}, version ${version}, with the text of version ${earlier.version}.\n`);
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
