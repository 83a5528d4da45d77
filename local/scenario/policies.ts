import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { parsePolicy } from '../../lambda/domain/policy/parse.ts';
import { type PolicySet, policySet } from '../../lambda/domain/policy/policy.ts';
import { formatProblem } from '../../lambda/domain/problems.ts';
import type { ClientConfig } from '../system.ts';

const FOLDER = join(import.meta.dirname, '../../policies');

/** A policy of the scenario is not valid. */
export class ScenarioPolicyError extends Error {
  override readonly name = 'ScenarioPolicyError';
}

/** Puts the example policies into the local SSM, as a user would. */
export async function putPolicies(config: ClientConfig, prefix: string): Promise<PolicySet> {
  const client = new SSMClient(config);
  const policies = [];
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'))) {
    const name = file.slice(0, -'.yaml'.length);
    const text = readFileSync(join(FOLDER, file), 'utf8');
    const { policy, problems } = parsePolicy(name, text);
    if (!policy) throw new ScenarioPolicyError(`policies/${file}: ${problems.map(formatProblem).join('\n')}`);
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
  return policySet(policies);
}
