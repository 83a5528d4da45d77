import {
  type EventSourceMappingConfiguration,
  LambdaClient,
  paginateListEventSourceMappings,
} from '@aws-sdk/client-lambda';
import type { DeployedResources, Deployment } from '../../../lambda/aws/deployment.ts';
import { allItems } from '../../aws/all-items.ts';
import { withClient } from '../../aws/with-client.ts';
import { plural } from '../../format.ts';
import type { Examination } from '../examination.ts';
import { failure, ok, type Verdict } from '../finding.ts';

/** Whether a function is invoked with the messages of each queue. */
export async function checkEventSources(
  { options, deployment }: Examination,
  { functions }: DeployedResources,
): Promise<Verdict[]> {
  const queues = queueNames(deployment);
  const mappings = await withClient(LambdaClient, options, async (client) => {
    const ofFunctions = await Promise.all(
      [functions.RuleMessages, functions.Dispatch].map((name) => readMappings(client, name)),
    );
    return ofFunctions.flat();
  });
  const failures = queues.flatMap((queue) => checkQueue(queue, mappings) ?? []);
  return failures.length > 0 ? failures : [ok(`${plural(queues.length, 'queue')} received from.`)];
}

/** The queues that functions receive from. */
function queueNames(deployment: Deployment): string[] {
  const { ruleMessagesQueueUrl, operatorMessagesQueueUrl, wakeUpsQueueUrl, dispatchQueueUrl } = deployment;
  return [ruleMessagesQueueUrl, operatorMessagesQueueUrl, wakeUpsQueueUrl, dispatchQueueUrl].map((url) =>
    url.slice(url.lastIndexOf('/') + 1),
  );
}

function readMappings(
  client: LambdaClient,
  FunctionName: string,
): Promise<EventSourceMappingConfiguration[]> {
  const pages = paginateListEventSourceMappings({ client }, { FunctionName });
  return allItems(pages, (page) => page.EventSourceMappings);
}

function checkQueue(
  queue: string,
  mappings: readonly EventSourceMappingConfiguration[],
): Verdict | undefined {
  const mapping = mappings.find(({ EventSourceArn }) => EventSourceArn?.endsWith(`:${queue}`));
  if (!mapping) {
    return failure(`No function receives the messages of ${queue}.`, 'Deploy the stack again.');
  }
  const { State: state = '', UUID: id, LastProcessingResult: result } = mapping;
  if (/^(Enabled|Enabling|Updating|Creating)$/.test(state)) {
    // Such as `PROBLEM: Function call failed`; `OK` and `No records processed` otherwise.
    if (!result?.startsWith('PROBLEM')) return undefined;
    return failure(`The messages of ${queue} do not arrive: ${result}.`, "Look at the function's log.");
  }
  return failure(
    `The messages of ${queue} wait: its event source mapping is ${state.toLowerCase()}.`,
    `aws lambda update-event-source-mapping --uuid ${id} --enabled`,
  );
}
