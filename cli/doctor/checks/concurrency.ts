import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { withClient } from '../../aws/with-client.ts';
import type { Examination } from '../examination.ts';
import { ok, type Verdict, warning } from '../finding.ts';

/** A new account has 10 concurrent executions. Source: Lambda developer guide, "Quotas". */
const NEW_ACCOUNT = 10;

/** How many functions may run at once in the account and Region. */
export async function checkConcurrency({ options }: Examination): Promise<Verdict> {
  const { AccountLimit: limit } = await withClient(LambdaClient, options, (client) =>
    client.send(new GetAccountSettingsCommand({})),
  );
  const all = limit?.ConcurrentExecutions ?? 0;
  const free = limit?.UnreservedConcurrentExecutions ?? all;
  const text = `Lambda runs ${all} executions at once in this account and Region, ${free} of them unreserved.`;
  if (free > NEW_ACCOUNT) return ok(text);
  return warning(
    `${text} A burst of contact events can use all of them up.`,
    'Request a quota of 1,000 concurrent executions (Service Quotas, AWS Lambda).',
  );
}
