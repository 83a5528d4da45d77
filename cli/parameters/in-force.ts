import { actingSettings, type CallsStopped } from '../../lambda/domain/configuration/build.ts';
import {
  type ConfigurationInForce,
  formatNotes,
  inForceSince,
  readConfigurationInForce,
} from '../aws/configuration-in-force.ts';
import { findDeployment } from '../aws/deployment.ts';
import { AwsError } from '../errors.ts';
import { plural } from '../format.ts';
import type { StoreOptions } from './options.ts';

/** What is in force, since when, and what was refused, as lines; none where nothing is deployed or compiled. */
export async function describeInForce(options: StoreOptions): Promise<string[]> {
  try {
    const inForce = await readInForce(options);
    return inForce ? describe(inForce) : [];
  } catch (error) {
    if (error instanceof AwsError) return [`What is in force is not known. ${error.message}`];
    throw error;
  }
}

/**
 * Why the settings in force stop all calls. Deleting the parameter of settings with a pause does not end the pause, so
 * what SSM has does not say it.
 *
 * @returns undefined where they do not, it is not known, or nothing is deployed or compiled.
 */
export async function stopBySettings(options: StoreOptions): Promise<CallsStopped | undefined> {
  try {
    const inForce = await readInForce(options);
    return inForce && actingSettings({ settings: inForce.compiled.settings }).stopped;
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

/** Undefined where nothing is deployed or compiled. @throws AwsError when the table cannot be read. */
async function readInForce(options: StoreOptions): Promise<ConfigurationInForce | undefined> {
  let table: string;
  try {
    table = (await findDeployment(options)).contactsTable;
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
  return readConfigurationInForce(table, options);
}

function describe(inForce: ConfigurationInForce): string[] {
  const since = inForceSince(inForce.compiled);
  const when = since === undefined ? '' : `, since ${new Date(since).toISOString()}`;
  return [
    `In force: ${plural(inForce.compiled.policies.length, 'policy', 'policies')}${when}.`,
    ...formatNotes(inForce),
  ];
}
