import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type DeployedResources, FUNCTIONS } from '../../../lambda/aws/deployment.ts';
import { withClient } from '../../aws/with-client.ts';
import type { Examination } from '../examination.ts';
import { failure, ok, type Verdict } from '../finding.ts';

/** Whether each function exists and can be invoked. */
export async function checkFunctions(
  { options }: Examination,
  { functions }: DeployedResources,
): Promise<Verdict[]> {
  const verdicts = await withClient(LambdaClient, options, (client) =>
    Promise.all(FUNCTIONS.map((name) => checkFunction(client, name, functions[name]))),
  );
  const failures = verdicts.filter((verdict) => verdict !== undefined);
  return failures.length > 0 ? failures : [ok(`All ${FUNCTIONS.length} functions are active.`)];
}

async function checkFunction(
  client: LambdaClient,
  label: string,
  name: string,
): Promise<Verdict | undefined> {
  try {
    const { State: state, StateReason: reason } = await client.send(
      new GetFunctionConfigurationCommand({ FunctionName: name }),
    );
    // A function that was not invoked for weeks becomes inactive; the next invocation starts it.
    if (state === undefined || state === 'Active' || state === 'Inactive') return undefined;
    return failure(
      `${label} (${name}) is in the state ${state}${reason ? `: ${reason}` : ''}.`,
      'Deploy the stack again.',
    );
  } catch (error) {
    if ((error as Error).name !== 'ResourceNotFoundException') throw error;
    return failure(`${label} (${name}) does not exist.`, 'Deploy the stack again.');
  }
}
