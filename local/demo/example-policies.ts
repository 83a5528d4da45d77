import { join } from 'node:path';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { readSources } from '../../cli/sources/read.ts';
import { parameterName } from '../../cli/sources/source.ts';
import { isError, validateSources } from '../../cli/sources/validate.ts';
import type { Condition } from '../../lambda/domain/condition/condition.ts';
import { createPolicySet, type PolicySet } from '../../lambda/domain/policy/policy-set.ts';
import type { ClientConfig } from '../system/client-config.ts';

/** The example policies, and one of the demo with a condition and a calendar. */
const DIRECTORIES = ['../../policies', 'policies'].map((path) => join(import.meta.dirname, path));

/** An example policy is not valid. */
export class ExamplePolicyError extends Error {
  override readonly name = 'ExamplePolicyError';
}

/** What the demo runs with. */
export interface ExamplePolicies {
  readonly policies: PolicySet;
  /** The conditions that the policies name. */
  readonly conditions: readonly Condition[];
}

/**
 * Writes the example policies, and what they share, to the local Parameter Store, as a user would.
 *
 * @throws ExamplePolicyError
 */
export async function putExamplePolicies(config: ClientConfig, prefix: string): Promise<ExamplePolicies> {
  const sources = await readSources(DIRECTORIES, { cwd: import.meta.dirname, err() {} });
  const { policies, conditions, findings } = validateSources(sources);
  const errors = findings.filter(isError);
  if (errors.length > 0) {
    const lines = errors.map(({ source, line, message }) => `${source.file}:${line}: ${message}`);
    throw new ExamplePolicyError(lines.join('\n'));
  }
  const client = new SSMClient(config);
  // What policies share comes first, as with a push.
  const ordered = sources.toSorted((a, b) => Number(a.kind === 'policy') - Number(b.kind === 'policy'));
  for (const source of ordered) {
    await client.send(
      new PutParameterCommand({
        Name: `${prefix}/${parameterName(source)}`,
        Value: source.text,
        Type: 'String',
        Overwrite: true,
      }),
    );
  }
  client.destroy();
  return { policies: createPolicySet(policies), conditions };
}
