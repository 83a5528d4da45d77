import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { receivedMessage } from '../aws/received-message.ts';
import { awsRuleMessagePorts } from '../aws/reconcile-ports.ts';
import { PowertoolsTelemetry } from '../aws/telemetry.ts';
import { type RuleMessagePorts, startBatch } from '../flow/handle-rule-message.ts';

const telemetry = new PowertoolsTelemetry();
const processor = new BatchProcessor(EventType.SQS);
let ports: RuleMessagePorts | undefined;

/**
 * Applies rule messages (signals, overrides, rule events, contact events, wake-ups) to their contacts' records, and
 * acts on what that changes. Each message succeeds or fails by itself. A message that cannot be parsed goes to the
 * dead-letter queue at once, with its error.
 *
 * @throws FullBatchFailureError when every message failed: the cause is hardly one of the messages, so the invocation
 *   counts as an error of the function.
 */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  telemetry.begin(context);
  ports ??= awsRuleMessagePorts(telemetry);
  try {
    const handleMessage = await startBatch(ports);
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
