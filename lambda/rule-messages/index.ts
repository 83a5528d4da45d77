import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { receivedMessage } from '../aws/received-message.ts';
import { type AwsRuleMessagePorts, awsRuleMessagePorts } from '../aws/reconcile-ports.ts';
import { PowertoolsTelemetry } from '../aws/telemetry.ts';
import { startBatch } from '../flow/handle-rule-message.ts';

const telemetry = new PowertoolsTelemetry();
const processor = new BatchProcessor(EventType.SQS);
let ports: AwsRuleMessagePorts | undefined;

/**
 * Applies the messages of three queues to their contacts' records, and acts on what that changes: signals and rule
 * events, what operators send, and wake-ups. Each message succeeds or fails by itself, and comes back within seconds if
 * it fails. A message that cannot be parsed, or that its queue does not take, goes to the dead-letter queue of its queue
 * at once, with its error.
 *
 * @throws FullBatchFailureError when every message failed: the cause is hardly one of the messages, so the invocation
 *   counts as an error of the function.
 */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  telemetry.begin(context);
  ports ??= awsRuleMessagePorts(telemetry);
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
}
