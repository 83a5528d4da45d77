import { actingSettings, type CallsStopped } from '../../lambda/domain/configuration/acting-settings.ts';
import {
  type ConfigurationInForce,
  formatRefusal,
  inForceSince,
  readConfigurationInForce,
} from '../aws/configuration-in-force.ts';
import { findDeployment } from '../aws/deployment.ts';
import { AwsError } from '../errors.ts';
import { plural } from '../format.ts';
import type { StoreOptions } from './options.ts';
import { stopReasons } from './stop-reasons.ts';

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
 * @returns undefined where they do not, or nothing is deployed or compiled.
 * @throws AwsError when what is in force cannot be read: it may be a pause.
 */
export async function stopBySettings(options: StoreOptions): Promise<CallsStopped | undefined> {
  const inForce = await readInForce(options);
  return inForce && actingSettings({ settings: inForce.compiled.settings }).stopped;
}

/** What is in force. @returns undefined where nothing is deployed or compiled. @throws AwsError when a request fails. */
export async function readInForce(options: StoreOptions): Promise<ConfigurationInForce | undefined> {
  try {
    const { contactsTable } = await findDeployment(options);
    return await readConfigurationInForce(contactsTable, options);
  } catch (error) {
    if (error instanceof AwsError && saysThatNothingIsThere(error)) return undefined;
    throw error;
  }
}

/** There is no parameter of a deployment, or no table. Other errors come from requests that failed. */
function saysThatNothingIsThere({ cause }: AwsError): boolean {
  return cause === undefined || (cause instanceof Error && cause.name === 'ResourceNotFoundException');
}

function describe(inForce: ConfigurationInForce): string[] {
  const since = inForceSince(inForce.compiled);
  const when = since === undefined ? '' : `, since ${new Date(since).toISOString()}`;
  return [
    `In force: ${plural(inForce.compiled.policies.length, 'policy', 'policies')}${when}.`,
    ...stopReasons(inForce).map(({ text }) => text),
    ...inForce.compiled.refused.map((refusal) => formatRefusal(refusal, inForce.compiled)),
  ];
}
