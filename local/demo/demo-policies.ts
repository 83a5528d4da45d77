import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { formatFindings, formatSummary } from '../../cli/check/format.ts';
import type { CommandIo } from '../../cli/command-io.ts';
import { UsageError } from '../../cli/errors.ts';
import { readBeside, readSources } from '../../cli/sources/read.ts';
import { isShared, parameterName, SETTINGS_NAME, type Source } from '../../cli/sources/source.ts';
import { isError, type ValidatedSources, validateSources } from '../../cli/sources/validate.ts';
import type { Condition } from '../../lambda/domain/condition/condition.ts';
import { isObject, without } from '../../lambda/domain/json.ts';
import { createPolicySet, type PolicySet } from '../../lambda/domain/policy/policy-set.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import { readDocument } from '../../lambda/domain/validation/document.ts';
import type { ClientConfig } from '../system/client-config.ts';

/** What decides about the contacts of the demo. */
export interface DecidingConfiguration {
  readonly policies: PolicySet;
  /** The conditions that the policies name. */
  readonly conditions: readonly Condition[];
  readonly settings: Settings;
}

/** The policies of the demo, and what they share. */
export interface DemoPolicies {
  /** The texts of the parameters, in the order in which they are written. */
  readonly sources: readonly Source[];
  readonly configuration: DecidingConfiguration;
}

/**
 * Reads policies with what they share, as `escalator push` does, and prints what is wrong with them, as `escalator check`
 * does.
 *
 * @param paths - directories or files.
 * @param scenarioSettings - the settings of the scenario, for policies without settings of their own.
 * @param isQuiet - whether warnings are left out.
 * @returns undefined when they have problems.
 * @throws UsageError when a path is not usable.
 */
export async function readDemoPolicies(
  paths: readonly string[],
  scenarioSettings: Source | undefined,
  io: Pick<CommandIo, 'cwd' | 'err' | 'columns'>,
  isQuiet: boolean,
): Promise<DemoPolicies | undefined> {
  const found = await readSources(paths, io);
  if (!found.some(({ kind }) => kind === 'policy')) {
    throw new UsageError(`${paths.join(', ')} has settings and no policy: nothing to simulate.`);
  }
  const shared = (await readBeside(found, io.cwd)).filter(({ kind }) => isShared(kind));
  const hasSettings = found.some(({ kind }) => kind === 'settings');
  const all = [...found, ...shared, ...(scenarioSettings && !hasSettings ? [scenarioSettings] : [])];
  const { findings, ...validated } = validateSources(all);
  const hasErrors = findings.some(isError);
  if (!isQuiet || hasErrors) io.err(formatFindings(findings, io.columns));
  if (hasErrors) {
    io.err(formatSummary(findings, all.length));
    return undefined;
  }
  // The settings come first, then what policies share, as with a push.
  const rank = ({ kind }: Source) => (kind === 'settings' ? 0 : isShared(kind) ? 1 : 2);
  const sources = all.map((source) => withoutInstances(source, io)).sort((a, b) => rank(a) - rank(b));
  return { sources, configuration: toConfiguration(validated) };
}

/** What decides where the given texts are in force. Those that are not valid are left out. */
export function configurationOf(sources: readonly Source[]): DecidingConfiguration {
  return toConfiguration(validateSources(sources));
}

function toConfiguration({
  policies,
  conditions,
  settings,
}: Omit<ValidatedSources, 'findings'>): DecidingConfiguration {
  return { policies: createPolicySet(policies), conditions, settings: without(settings, 'instances') };
}

/** The settings of a scenario as a source; undefined for a scenario without any. */
export function settingsOfScenario(file: string, text: string): Source | undefined {
  const { value } = readDocument(text);
  const settings = isObject(value) ? value.settings : undefined;
  if (settings === undefined) return undefined;
  return { file, name: SETTINGS_NAME, kind: 'settings', text: JSON.stringify(settings, null, 2) };
}

/** Settings that name the instances of a deployment would leave out the one of this machine. */
function withoutInstances(source: Source, io: Pick<CommandIo, 'err'>): Source {
  const { value } = source.kind === 'settings' ? readDocument(source.text) : {};
  if (!isObject(value) || value.instances === undefined) return source;
  io.err(
    `${source.file} names instances: they are left out, since the Connect of this machine is another one.\n`,
  );
  return { ...source, text: JSON.stringify(without(value, 'instances'), null, 2) };
}

/** Writes the parameters to the local Parameter Store, as a user would. */
export async function putDemoPolicies(
  config: ClientConfig,
  prefix: string,
  { sources }: DemoPolicies,
): Promise<void> {
  const client = new SSMClient(config);
  for (const source of sources) {
    await client.send(
      new PutParameterCommand({
        Name: `${prefix}/${parameterName(source)}`,
        Value: source.text,
        Type: 'String',
        Tier: 'Intelligent-Tiering',
        Overwrite: true,
      }),
    );
  }
  client.destroy();
}
