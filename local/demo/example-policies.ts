import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { parsePolicy } from '../../lambda/domain/policy/parse.ts';
import { createPolicySet, type PolicySet } from '../../lambda/domain/policy/policy-set.ts';
import { formatProblem } from '../../lambda/domain/validation/problem.ts';
import type { ClientConfig } from '../system/client-config.ts';

const POLICIES_DIRECTORY = join(import.meta.dirname, '../../policies');

/** An example policy is not valid. */
export class ExamplePolicyError extends Error {
  override readonly name = 'ExamplePolicyError';
}

/**
 * Writes the example policies to the local Parameter Store, as a user would, and returns them parsed.
 *
 * @throws ExamplePolicyError
 */
export async function putExamplePolicies(config: ClientConfig, prefix: string): Promise<PolicySet> {
  const client = new SSMClient(config);
  const policies = [];
  for (const file of readdirSync(POLICIES_DIRECTORY).filter((name) => name.endsWith('.yaml'))) {
    const name = file.slice(0, -'.yaml'.length);
    const text = readFileSync(join(POLICIES_DIRECTORY, file), 'utf8');
    const { policy, problems } = parsePolicy(name, text);
    if (!policy) throw new ExamplePolicyError(`policies/${file}: ${problems.map(formatProblem).join('\n')}`);
    await client.send(
      new PutParameterCommand({
        Name: `${prefix}/policies/${name}`,
        Value: text,
        Type: 'String',
        Overwrite: true,
      }),
    );
    policies.push(policy);
  }
  client.destroy();
  return createPolicySet(policies);
}
