import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { environment } from '../aws/environment.ts';
import { type AwsReconcileWorld, awsReconcileWorld } from '../aws/reconcile-world.ts';
import { firstSending } from '../aws/sending.ts';
import { PowertoolsTelemetry } from '../aws/telemetry.ts';
import { MalformedMessageError, parseRuleMessage, type RuleMessage } from '../domain/rule-message.ts';
import { takeMessage } from '../flow/take-message.ts';
import { deadLetter } from './dead-letter.ts';
import { type InTurn, oneAtATime } from './one-at-a-time.ts';

const telemetry = new PowertoolsTelemetry();
const processor = new BatchProcessor(EventType.SQS);
let world: AwsReconcileWorld | undefined;

/**
 * Folds rule messages (signals, overrides, rule events, contact events, wake-ups) into their contacts' records, and
 * acts on what that changes. Each message succeeds or fails by itself; one that cannot be understood goes to the
 * dead-letter queue at once, with what is wrong with it.
 */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  telemetry.begin(context);
  world ??= awsReconcileWorld(telemetry);
  const aws = world;
  try {
    const { settings } = await aws.configuration();
    const served = settings.instances ?? aws.instances;
    const inTurn = oneAtATime();
    return await processPartialResponse(
      event,
      (record: SQSRecord) => handleRecord(record, served, aws, inTurn),
      processor,
      { context, throwOnFullBatchFailure: false },
    );
  } finally {
    telemetry.end();
  }
}

async function handleRecord(
  record: SQSRecord,
  instances: readonly string[],
  aws: AwsReconcileWorld,
  inTurn: InTurn,
): Promise<void> {
  const first = firstSending(
    { messageId: record.messageId, sentAt: Number(record.attributes.SentTimestamp) },
    (attribute) => record.messageAttributes[attribute]?.stringValue,
  );
  let messages: readonly RuleMessage[];
  try {
    messages = parseRuleMessage(record.body, { ...first, instances });
  } catch (error) {
    if (!(error instanceof MalformedMessageError)) throw error;
    await deadLetter(record.body, first, error, environment('ruleMessagesDlqUrl'), aws.sqs);
    telemetry.malformedMessage(record.messageId, error);
    return;
  }
  for (const message of messages) {
    if ('contactId' in message) await inTurn(message, () => takeMessage(message, aws));
    else await takeMessage(message, aws);
  }
}
