import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { receivedMessage } from '../aws/received-message.ts';
import { type AwsRuleMessagePorts, awsRuleMessagePorts } from '../aws/reconcile-ports.ts';
import { PowertoolsTelemetry } from '../aws/telemetry.ts';
import { startBatch } from '../flow/handle-rule-message.ts';

export const handler = createHandler(new PowertoolsTelemetry(), awsRuleMessagePorts);

/**
 * The handler of one execution environment. It applies the messages of three queues to their contacts' records, and acts
 * on what that changes: signals and rule events, what operators send, and wake-ups. Each message succeeds or fails by
 * itself, and comes back within seconds if it fails. A message that cannot be parsed, or that its queue does not take,
 * goes to the dead-letter queue of its queue at once, with its error.
 *
 * @param portsOf - called at the first invocation.
 * @returns a function that throws FullBatchFailureError when every message failed: the cause is hardly one of the
 *   messages, so the invocation counts as an error of the function.
 */
export function createHandler(
  telemetry: PowertoolsTelemetry,
  portsOf: (telemetry: PowertoolsTelemetry) => AwsRuleMessagePorts,
): (event: SQSEvent, context: Context) => Promise<SQSBatchResponse> {
  const processor = new BatchProcessor(EventType.SQS);
  let ports: AwsRuleMessagePorts | undefined;
  return async (event, context) => {
    telemetry.begin(context);
    ports ??= portsOf(telemetry);
    try {
      // A batch comes from one queue.
      const handleMessage = startBatch(ports, ports.source(event.Records[0]?.eventSourceARN ?? ''));
      return await processPartialResponse(
        event,
        (record: SQSRecord) => handleMessage(receivedMessage(record)),
        processor,
        { context, throwOnFullBatchFailure: true },
      );
    } finally {
      telemetry.end();
    }
  };
}
