import { createHash } from 'node:crypto';
import { CONFIGURATION_KEY_PREFIX } from '../../../lambda/aws/table-schema.ts';
import type { JsonObject } from '../../../lambda/domain/json.ts';
import { EVENT_SOURCE, type OutgoingEvent } from '../../../lambda/domain/outgoing-events/outgoing-event.ts';
import { AwsError } from '../../../local/endpoint/aws-error.ts';
import type { LocalRequest, LocalResponse, LocalService } from '../../../local/endpoint/http.ts';
import { errorResponse } from '../../../local/endpoint/json-service.ts';
import type { Faults } from '../faults.ts';
import { ConditionalCheckFailed, type SimulatedTable } from './dynamodb.ts';
import type { Call } from './network.ts';

/* The services with AWS's JSON protocols: DynamoDB, SQS, EventBridge and SSM. */

/** How the services fail, beside losing the connection. */
const INTERNAL = errorResponse(new AwsError('InternalServerError', 'Internal server error', 500));
const THROTTLED = errorResponse(new AwsError('ThrottlingException', 'Rate exceeded'));
const FAILURES = {
  table: [
    INTERNAL,
    errorResponse(new AwsError('ProvisionedThroughputExceededException', 'The request rate is too high.')),
    THROTTLED,
  ],
  queue: [INTERNAL, errorResponse(new AwsError('RequestThrottled', 'The request was throttled.', 403))],
  // A queue that throttles notifications has many, and then the adapter relies on them.
  fifoQueue: [INTERNAL],
  other: [INTERNAL, THROTTLED],
} as const;

/** A request to a service: its operation, as the header names it, and its input. */
function inputOf({ headers, body }: LocalRequest): [operation: string, input: JsonObject] {
  return [headers['x-amz-target']?.split('.').at(-1) ?? '', JSON.parse(body || '{}')];
}

/** @param onRefused - receives the item as it is where the condition of a write does not hold. */
function answer(perform: () => object): LocalResponse {
  try {
    return { status: 200, body: JSON.stringify(perform()) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const response = errorResponse(error);
    if (!(error instanceof ConditionalCheckFailed)) return response;
    return { ...response, body: JSON.stringify({ ...JSON.parse(response.body), Item: error.item }) };
  }
}

/** Random ids make no part of a trace. */
const RANDOM_ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** What else happens when DynamoDB takes a request: the judges look at some items. */
export interface TableHooks {
  /** IAM denies the requests. */
  readonly isDenied: boolean;
  after(operation: string, key: string): void;
}

/** The key of the item that says which configuration is in force. */
export const VERSION_KEY = `${CONFIGURATION_KEY_PREFIX}version`;

/** DynamoDB. */
export function dynamoDbCall(request: LocalRequest, table: SimulatedTable, hooks: TableHooks): Call {
  const [operation, input] = inputOf(request);
  const item = (input.Item ?? input.Key) as { readonly pk?: { readonly S?: string } } | undefined;
  const key = item?.pk?.S ?? '';
  return {
    label: `${operation} ${key.replaceAll(RANDOM_ID, 'id') || String(input.IndexName ?? '')}`,
    kind: 'service',
    failures: FAILURES.table,
    ...(operation === 'PutItem' &&
      key.startsWith(CONFIGURATION_KEY_PREFIX) && { publishes: key === VERSION_KEY ? 'version' : 'part' }),
    perform: () =>
      answer(() => {
        if (hooks.isDenied) throw new AwsError('AccessDeniedException', `No permission for ${operation}.`);
        const output = table.perform(operation, input);
        hooks.after(operation, key);
        return output;
      }),
  };
}

/** A message as SQS takes it. */
export interface SentMessage {
  readonly queue: string;
  readonly body: string;
  readonly delaySeconds: number;
  readonly deduplicationId?: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What SQS does with messages. */
export interface SqsWorld {
  readonly faults: Faults;
  onSent(message: SentMessage): void;
  onVisibility(queue: string, receiptHandle: string, seconds: number): void;
}

type Entry = JsonObject & { readonly MessageAttributes?: Readonly<Record<string, JsonObject>> };

/** Source: SQS API reference, SendMessage: at most 1 MiB, and 900 seconds. */
const MAX_MESSAGE_BYTES = 1_024 * 1_024;
const MAX_DELAY_SECONDS = 900;

/** SQS. */
export function sqsCall(request: LocalRequest, world: SqsWorld): Call {
  const [operation, input] = inputOf(request);
  const queue = String(input.QueueUrl).split('/').at(-1) ?? '';
  return {
    label: `${operation} ${queue}`,
    kind: 'service',
    failures: queue.endsWith('.fifo') ? FAILURES.fifoQueue : FAILURES.queue,
    perform: () =>
      answer(() => {
        switch (operation) {
          case 'SendMessage':
            return send(input, queue, world);
          case 'SendMessageBatch':
            return sendBatch(input, queue, world);
          case 'ChangeMessageVisibility':
            world.onVisibility(queue, String(input.ReceiptHandle), Number(input.VisibilityTimeout));
            return {};
          default:
            throw new AwsError('UnknownOperationException', `${operation} is not modelled.`);
        }
      }),
  };
}

/** SQS takes a part of a batch, and says of the others why it does not. */
function sendBatch(input: JsonObject, queue: string, world: SqsWorld): object {
  const entries = input.Entries as readonly Entry[];
  if (entries.length < 1 || entries.length > 10) {
    throw new AwsError('AWS.SimpleQueueService.TooManyEntriesInBatchRequest', '1 to 10 entries are allowed.');
  }
  const isRefused = entries.map(() => world.faults.injects('batch-partly-taken'));
  const sent = entries.filter((_, index) => !isRefused[index]);
  return {
    Successful: sent.map((entry) => ({ Id: entry.Id, ...send(entry, queue, world) })),
    Failed: entries
      .filter((entry) => !sent.includes(entry))
      .map(({ Id }) => ({ Id, Code: 'InternalError', Message: 'Try again.', SenderFault: false })),
  };
}

function send(entry: Entry, queue: string, world: SqsWorld): object {
  const { MessageBody, DelaySeconds = 0, MessageGroupId, MessageDeduplicationId } = entry;
  const body = String(MessageBody);
  const isFifo = queue.endsWith('.fifo');
  if (body === '' || Buffer.byteLength(body) > MAX_MESSAGE_BYTES) throw invalid('MessageBody');
  if (!Number.isInteger(DelaySeconds) || Number(DelaySeconds) < 0) throw invalid('DelaySeconds');
  if (Number(DelaySeconds) > MAX_DELAY_SECONDS) throw invalid('DelaySeconds');
  if (isFifo !== (MessageGroupId !== undefined && MessageDeduplicationId !== undefined)) {
    throw invalid('MessageGroupId');
  }
  const attributes = Object.entries(entry.MessageAttributes ?? {}).map(([name, { StringValue }]) => {
    if (typeof StringValue !== 'string' || StringValue === '') throw invalid(`MessageAttributes.${name}`);
    return [name, StringValue] as const;
  });
  world.onSent({
    queue,
    body,
    delaySeconds: Number(DelaySeconds),
    ...(isFifo && { deduplicationId: String(MessageDeduplicationId) }),
    attributes: Object.fromEntries(attributes),
  });
  return { MessageId: 'sent', MD5OfMessageBody: createHash('md5').update(body).digest('hex') };
}

function invalid(member: string): AwsError {
  return new AwsError('InvalidParameterValue', `The value of ${member} is not valid.`);
}

/** What EventBridge does with events. */
export interface EventsWorld {
  readonly faults: Faults;
  onAccepted(event: OutgoingEvent): void;
}

/** EventBridge, which takes a part of the entries. */
export function eventsCall(request: LocalRequest, { faults, onAccepted }: EventsWorld): Call {
  const [operation, { Entries }] = inputOf(request);
  const entries = Entries as readonly (JsonObject & { readonly Resources: readonly string[] })[];
  return {
    label: `${operation} ${entries.length}`,
    kind: 'service',
    failures: FAILURES.other,
    perform: () =>
      answer(() => {
        if (operation !== 'PutEvents' || entries.length < 1 || entries.length > 10) {
          throw new AwsError('ValidationException', '1 to 10 entries are allowed.');
        }
        const results = entries.map(({ Source, DetailType, Detail, Resources, Time }, index) => {
          if (Source !== EVENT_SOURCE) return { ErrorCode: 'InvalidArgument', ErrorMessage: String(Source) };
          if (faults.injects('event-not-accepted')) {
            return { ErrorCode: 'InternalFailure', ErrorMessage: 'Unexpected failure.' };
          }
          onAccepted({
            name: DetailType as OutgoingEvent['name'],
            at: Math.round(Number(Time) * 1_000),
            contactArn: Resources[0] ?? '',
            detail: JSON.parse(String(Detail)),
          });
          return { EventId: String(index) };
        });
        return {
          FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length,
          Entries: results,
        };
      }),
  };
}

/** SSM Parameter Store. */
export function ssmCall(request: LocalRequest, ssm: LocalService): Call {
  const [operation] = inputOf(request);
  return {
    label: operation,
    kind: 'service',
    failures: FAILURES.other,
    perform: () => ssm(request) as LocalResponse,
  };
}
