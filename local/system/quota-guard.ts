import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { QUOTA_GUARD_PARAMETER, type QuotaOwner } from '../../lambda/aws/deployment.ts';
import type { ClientConfig } from './client-config.ts';

/** Writes the parameter that says who has the quota of the account and Region, as the stack does. */
export async function putQuotaGuard(config: ClientConfig, owner: QuotaOwner): Promise<void> {
  const client = new SSMClient(config);
  await client.send(
    new PutParameterCommand({ Name: QUOTA_GUARD_PARAMETER, Value: JSON.stringify(owner), Type: 'String' }),
  );
  client.destroy();
}
