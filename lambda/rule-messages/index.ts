import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { environment } from '../aws/environment.ts';
import { type AwsReconcileWorld, awsReconcileWorld } from '../aws/reconcile-world.ts';
import { PowertoolsTelemetry } from '../aws/telemetry.ts';
import { foldMessage } from '../domain/fold.ts';
import { MalformedMessageError, parseRuleMessage, type RuleMessage } from '../domain/rule-message.ts';
import { fanOut } from '../flow/fan-out.ts';
import { reconcile } from '../flow/reconcile.ts';
import { deadLetter } from './dead-letter.ts';
import { type InTurn, oneAtATime } from './one-at-a-time.ts';

const telemetry = new PowertoolsTelemetry();
const processor = new BatchProcessor(EventType.SQS);
let world: AwsReconcileWorld | undefined;

/**
 * Folds rule messages (signals, overrides, rule events, wake-ups) into their contacts' records, and acts on what
 * that changes. Each message succeeds or fails by itself; one that cannot be understood goes to the dead-letter
 * queue at once, with what is wrong with it.
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
  let messages: readonly RuleMessage[];
  try {
    messages = parseRuleMessage(record.body, {
      messageId: record.messageId,
      sentAt: Number(record.attributes.SentTimestamp),
      instances,
    });
  } catch (error) {
    if (!(error instanceof MalformedMessageError)) throw error;
    await deadLetter(record, error, environment('ruleMessagesDlqUrl'), aws.sqs);
    telemetry.malformedMessage(record.messageId, error);
    return;
  }
  for (const message of messages) {
    if (message.type === 'queue-signal' || message.type === 'reevaluate') await fanOut(message, aws);
    else {
      await inTurn(message, async () => {
        await reconcile(message, (contact, now) => foldMessage(contact, message, now), aws);
      });
    }
  }
}
