import {
  type ConnectClient,
  type ConnectClientConfig,
  type Contact,
  DescribeContactCommand,
  UpdateContactRoutingDataCommand,
} from '@aws-sdk/client-connect';
import type { ContactKey } from '../domain/contact/contact-key.ts';
import { type Dialer, OUTBOUND_METHODS, type QueueVisit } from '../domain/contact/facts.ts';
import { segments } from '../domain/contact/parse-event.ts';
import type { ClosedCause } from '../domain/contact/record.ts';
import { REQUEST_TIMEOUT_MS } from '../domain/deployment-constants.ts';
import { defined, type JsonObject } from '../domain/json.ts';
import type { ContactDescription, DescribeResult } from '../domain/reconcile/description.ts';
import type { UpdateResult } from '../domain/reconcile/update-result.ts';
import { plainCriteria } from '../domain/routing/criteria.ts';
import type { RoutingUpdate } from '../domain/routing/routing.ts';
import { DISPATCH_CLIENT, requestHandler } from './clients.ts';
import { isThrottle, messageOf, nameOf } from './errors.ts';

/**
 * Configuration of the Connect client: without the SDK's own retries, since each call takes a token and only dispatch
 * knows whether it may be repeated.
 */
export const CONNECT_CLIENT = {
  ...DISPATCH_CLIENT,
  requestHandler: requestHandler(REQUEST_TIMEOUT_MS.connect),
  maxAttempts: 1,
} satisfies ConnectClientConfig;

/** Calls UpdateContactRoutingData. Errors are results, too. */
export async function updateContactRoutingData(
  client: ConnectClient,
  { instanceId, contactId }: ContactKey,
  update: RoutingUpdate,
): Promise<UpdateResult> {
  try {
    await client.send(
      new UpdateContactRoutingDataCommand({
        InstanceId: instanceId,
        ContactId: contactId,
        ...(update as Pick<UpdateContactRoutingDataCommand['input'], keyof RoutingUpdate>),
      }),
    );
    return { kind: 'done' };
  } catch (error) {
    return resultOf(error);
  }
}

/** Calls DescribeContact. Errors are results, too. */
export async function describeContact(
  client: ConnectClient,
  { instanceId, contactId }: ContactKey,
): Promise<DescribeResult> {
  try {
    const { Contact } = await client.send(
      new DescribeContactCommand({ InstanceId: instanceId, ContactId: contactId }),
    );
    return { kind: 'described', description: descriptionOf(Contact ?? {}) };
  } catch (error) {
    const result = resultOf(error);
    const message = messageOf(error);
    // The call changes nothing, so any other failure only means that the answer is not known yet.
    if (result.kind === 'gone') return result;
    return result.kind === 'throttled' || result.kind === 'denied'
      ? { kind: result.kind, message }
      : { kind: 'unknown', message };
  }
}

const CLOSED_CAUSES: ReadonlyMap<string, ClosedCause> = new Map([
  ['ResourceNotFoundException', 'not-found'],
  ['InvalidActiveRegionException', 'other-region'],
]);

/** Connect documents only the first, but any AWS endpoint may answer with the others. */
const DENIED = new Set([
  'AccessDeniedException',
  'ExpiredTokenException',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'UnrecognizedClientException',
]);

/**
 * What a failed call means. Only an answer that says so proves that nothing was applied. After an internal error, a
 * time-out or a lost connection the result is unknown.
 */
function resultOf(error: unknown): Exclude<UpdateResult, { kind: 'done' }> {
  const name = nameOf(error);
  const status = (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata
    ?.httpStatusCode;
  const message = messageOf(error);
  if (isThrottle(error)) return { kind: 'throttled' };
  const cause = CLOSED_CAUSES.get(name);
  if (cause) return { kind: 'gone', message, cause };
  if (DENIED.has(name) || status === 403) return { kind: 'denied', message };
  if (name === 'ResourceConflictException' || status === 409) return { kind: 'conflict', message };
  return status !== undefined && status >= 400 && status < 500
    ? { kind: 'invalid', message }
    : { kind: 'unknown', message };
}

function descriptionOf(contact: Contact): ContactDescription {
  const { QueuePriority, QueueTimeAdjustmentSeconds, RoutingCriteria, Attributes = {} } = contact;
  const initiationMethod = contact.InitiationMethod?.toUpperCase();
  return defined({
    routing: defined({
      // Connect allows priorities up to 2^63-1, which neither JavaScript nor the table can hold exactly.
      priority: QueuePriority === undefined ? undefined : Math.min(QueuePriority, Number.MAX_SAFE_INTEGER),
      ageSeconds: QueueTimeAdjustmentSeconds,
      criteria: plainCriteria(RoutingCriteria),
    }),
    attributes: Attributes,
    initialContactId: contact.InitialContactId,
    previousContactId: contact.PreviousContactId,
    channel: contact.Channel?.toUpperCase(),
    initiationMethod,
    initiatedAt: timeOf(contact.InitiationTimestamp),
    queue: queueOf(contact),
    dialer: OUTBOUND_METHODS.has(initiationMethod ?? '') ? dialerOf(contact) : undefined,
    connectedAt: timeOf(contact.AgentInfo?.ConnectedToAgentTimestamp),
    disconnectedAt: timeOf(contact.DisconnectTimestamp),
    pausedAt: timeOf(contact.LastPausedTimestamp),
    resumedAt: timeOf(contact.LastResumedTimestamp),
    tags: contact.Tags,
    segmentAttributes: segments(contact.SegmentAttributes as JsonObject | undefined),
    activeRegion: contact.GlobalResiliencyMetadata?.ActiveRegion,
    originRegion: contact.GlobalResiliencyMetadata?.OriginRegion,
  });
}

/** The answer has the id of the queue alone: its ARN begins as that of the contact does. */
function queueOf({ Arn = '', QueueInfo }: Contact): QueueVisit | undefined {
  const instanceArn = /^(.+:instance\/[^/]+)\/contact\//.exec(Arn)?.[1];
  const enqueuedAt = timeOf(QueueInfo?.EnqueueTimestamp);
  if (!instanceArn || !QueueInfo?.Id || enqueuedAt === undefined) return undefined;
  return { arn: `${instanceArn.replace('arn:aws::', 'arn:aws:')}/queue/${QueueInfo.Id}`, enqueuedAt };
}

/** As an event says it. That a flow queued the contact without an agent, only an event can tell. */
function dialerOf({ Campaign, AgentInfo }: Contact): Dialer | undefined {
  if (Campaign?.CampaignId !== undefined) return 'campaign';
  return AgentInfo?.Id === undefined ? undefined : 'agent';
}

/** Milliseconds since the epoch; undefined where Connect writes a time of 1970, since it is not set. */
export function timeOf(date: Date | undefined): number | undefined {
  return date && date.getUTCFullYear() > 1970 ? date.getTime() : undefined;
}
