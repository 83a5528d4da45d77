import { warnIfOtherVersionIsDeployed } from '../aws/deployed-version.ts';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import { fromShortName, parameterName, type Source, sourceName } from '../sources/source.ts';
import { isError } from '../sources/validate.ts';
import { formatChange } from './changes.ts';
import { newFindings } from './new-findings.ts';
import type { StoreOptions } from './options.ts';
import { openParameterStore, type ParameterVersion, undefinedIf } from './parameter-store.ts';
import { endsPause } from './pause-guard.ts';
import { reportFindings } from './report-findings.ts';
import { formatOfStack } from './stack-parameters.ts';
import { canBeFile, formatEncrypted, isEncrypted } from './stored.ts';
import { formatVersion, writeParameter } from './write.ts';

export interface RollbackOptions extends StoreOptions {
  /** The version to roll back to. Default: the last version with a different text. */
  readonly to?: number;
  /** Show the change, and write nothing. */
  readonly dryRun?: boolean;
  /** Write settings that end a `pause: true` which is in force. */
  readonly endPause?: boolean;
}

/**
 * `escalator rollback`: writes the text of an earlier version as the newest version, if that text is valid.
 */
export async function rollback(
  reference: string,
  options: RollbackOptions,
  io: CommandIo,
): Promise<ExitCode> {
  const { kind, name } = fromShortName(reference);
  if (!canBeFile({ kind, name })) {
    throw new UsageError(
      `${JSON.stringify(reference)} is not the name of a policy: expected lower-case letters, digits and hyphens, such ` +
        'as gold-callers; settings; or calendars/ or conditions/ and a name. It has no extension and no other path.' +
        suggestName(reference),
    );
  }
  const parameter = parameterName({ name, kind });
  const path = `${options.prefix}/${parameter}`;
  const store = openParameterStore(options, io);
  const [versions] = await Promise.all([
    undefinedIf('ParameterNotFound', () => store.history(parameter)),
    warnIfOtherVersionIsDeployed(options, io),
  ]);
  if (!versions) throw new UsageError(`${path} does not exist. Check the name, --prefix and the Region.`);
  const latest = versions.at(-1);
  const earlier = findEarlierVersion(versions, options.to);
  if ([latest, earlier].some((one) => one && isEncrypted(one))) {
    throw new UsageError(formatEncrypted(path));
  }
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
  const { parameters, stackParameters } = await store.snapshot();
  if (stackParameters.has(parameter)) {
    io.err(formatOfStack(path));
    return EXIT.problems;
  }
  const remaining = parameters.filter((source) => parameterName(source) !== parameter);
  const findings = newFindings({
    written: [toSource(earlier)],
    remaining,
    current: parameters,
  }).brought.filter(
    // A rollback is not the time for warnings about the other policies.
    (finding) => isError(finding) || (finding.source.name === name && finding.source.kind === kind),
  );
  if (!reportFindings(findings, 1 + remaining.length, io)) return EXIT.problems;
  io.out(formatChange({ from: toSource(latest), to: toSource(earlier) }));
  if (
    kind === 'settings' &&
    !options.endPause &&
    (await endsPause(store, options, latest.text, earlier.text))
  ) {
    io.err(
      `Version ${earlier.version} would end the pause: version ${latest.version} has pause: true. Pass --end-pause ` +
        'so that calls start again. Nothing was written.\n',
    );
    return EXIT.problems;
  }
  if (options.dryRun) {
    io.err('Dry run: 1 parameter to write.\n');
    return EXIT.ok;
  }
  const written = await writeParameter(store, parameter, earlier.text, latest.version);
  if ('existing' in written) throw new Error('SSM refused to write over a version.');
  io.out(`Wrote ${path}, version ${written.version}, with the text of version ${earlier.version}.\n`);
  for (const replaced of written.replaced) {
    io.err(
      `${path}: the rollback replaced ${formatVersion(replaced)}, while the rollback ran. To get it back: ` +
        `escalator rollback ${reference} --to ${replaced.version}\n`,
    );
  }
  return written.replaced.length === 0 ? EXIT.ok : EXIT.problems;
}

/** What a path or the name of a parameter probably means: `gold` for `policies/gold.yaml`. */
function suggestName(reference: string): string {
  const file = reference.split(/[/\\]/).at(-1) ?? '';
  const name = (sourceName(file) ?? file).toLowerCase();
  const folder = /(?:^|[/\\])(calendars|conditions)[/\\][^/\\]+$/.exec(reference)?.[1];
  const suggestion = folder === undefined ? name : `${folder}/${name}`;
  return suggestion !== reference && canBeFile(fromShortName(suggestion))
    ? ` Did you mean ${suggestion}?`
    : '';
}

function findEarlierVersion(
  versions: readonly ParameterVersion[],
  to: number | undefined,
): ParameterVersion | undefined {
  if (to !== undefined) return versions.find(({ version }) => version === to);
  const latest = versions.at(-1);
  return versions.findLast(({ text }) => text !== latest?.text);
}
