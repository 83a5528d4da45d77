import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ConfigurationTable } from '../../lambda/aws/configuration-table.ts';
import { actingSettings, type CallsStopped } from '../../lambda/domain/configuration/acting-settings.ts';
import type {
  CompiledConfiguration,
  CompiledPart,
  Refusal,
} from '../../lambda/domain/configuration/compiled.ts';
import {
  CALENDARS,
  CONDITIONS,
  POLICIES,
  SETTINGS,
} from '../../lambda/domain/configuration/parameter-name.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import { formatProblem } from '../../lambda/domain/validation/problem.ts';
import type { PublishedConfiguration } from '../../lambda/flow/configuration/ports.ts';
import type { AwsOptions } from '../options/aws.ts';
import { callAws } from './call-aws.ts';
import { withClient } from './with-client.ts';

/** What the handlers decide by, and what the alarms report. */
export interface ConfigurationInForce {
  readonly compiled: CompiledConfiguration;
  readonly settings: Settings;
  /** Why nothing is called; undefined while updates are sent. */
  readonly stopped?: CallsStopped;
}

/**
 * Reads the configuration in force from the contacts table.
 *
 * @returns undefined where none has been compiled, or another version of this program wrote it.
 * @throws AwsError when a request fails.
 */
export async function readConfigurationInForce(
  table: string,
  options: AwsOptions,
): Promise<ConfigurationInForce | undefined> {
  const published = await withClient(DynamoDBClient, options, (client) =>
    callAws(`read the table ${table}`, () => new ConfigurationTable(client, table).load()),
  );
  return inForceFrom(published);
}

/** What is in force by what was published; undefined where that cannot be read. */
export function inForceFrom(published: PublishedConfiguration | undefined): ConfigurationInForce | undefined {
  return published?.compiled && { compiled: published.compiled, ...actingSettings(published) };
}

/** Since when the configuration has been as it is, in milliseconds since the epoch; undefined where it is empty. */
export function inForceSince({
  policies,
  calendars = [],
  conditions = [],
  settings,
  pause,
}: CompiledConfiguration): number | undefined {
  const times = [...policies, ...calendars, ...conditions, ...[settings ?? [], pause ?? []].flat()].map(
    ({ since }) => since,
  );
  return times.length === 0 ? undefined : Math.max(...times);
}

/** One sentence that says which version is refused, why, and what is in force instead. */
export function formatRefusal(refusal: Refusal, compiled: CompiledConfiguration): string {
  const { parameter, version, since, inForce, problems, problemCount } = refusal;
  const [first] = problems;
  const reason = first ? ` Line ${first.line}: ${formatProblem(first)}.` : '';
  const more = problemCount > 1 ? ` There are ${problemCount} problems.` : '';
  const part = partsByParameter(compiled).get(parameter);
  const instead =
    inForce === undefined || !part
      ? 'No version of it is in force.'
      : `Version ${inForce} has been in force since ${iso(part.since)}.`;
  return `${parameter}: version ${version} is invalid and has been refused since ${iso(since)}.${reason}${more} ${instead}`;
}

/** What is in force, by the name of its parameter below the prefix. */
export function partsByParameter(compiled: CompiledConfiguration): ReadonlyMap<string, CompiledPart> {
  const { policies, calendars = [], conditions = [], settings } = compiled;
  return new Map<string, CompiledPart>([
    ...policies.map((part) => [POLICIES + part.name, part] as const),
    ...calendars.map((part) => [CALENDARS + part.name, part] as const),
    ...conditions.map((part) => [CONDITIONS + part.name, part] as const),
    ...(settings ? [[SETTINGS, settings] as const] : []),
  ]);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
