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
  let table: string;
  try {
    table = (await findDeployment(options)).contactsTable;
  } catch (error) {
    if (error instanceof AwsError) return [];
    throw error;
  }
  try {
    const inForce = await readConfigurationInForce(table, options);
    return inForce ? describe(inForce) : [];
  } catch (error) {
    if (error instanceof AwsError) return [`What is in force is not known. ${error.message}`];
    throw error;
  }
}

function describe(inForce: ConfigurationInForce): string[] {
  const since = inForceSince(inForce.compiled);
  const when = since === undefined ? '' : `, since ${new Date(since).toISOString()}`;
  return [
    `In force: ${plural(inForce.compiled.policies.length, 'policy', 'policies')}${when}.`,
    ...formatNotes(inForce),
  ];
}
