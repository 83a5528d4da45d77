import {
  type ConnectClient,
  type ConnectClientConfig,
  type Contact,
  DescribeContactCommand,
  UpdateContactRoutingDataCommand,
} from '@aws-sdk/client-connect';
import type { ContactKey } from '../domain/contact.ts';
import type { CallOutcome, ContactDescription } from '../domain/outcome.ts';
import type { RoutingUpdate } from '../domain/routing.ts';
import { plainCriteria } from '../domain/routing-criteria.ts';
import type { DescribeOutcome } from '../flow/ports.ts';
import { AWS_CLIENT } from './clients.ts';
import { isThrottle, messageOf } from './errors.ts';

/**
 * How the client of Connect is set up: without the SDK's own retries, since each call is paced and only dispatch
 * knows whether one may be made again.
 */
export const CONNECT_CLIENT = { ...AWS_CLIENT, maxAttempts: 1 } as const satisfies ConnectClientConfig;

/** Calls UpdateContactRoutingData, and says what came of it whatever that is. */
export async function updateContactRoutingData(
  client: ConnectClient,
  { instanceId, contactId }: ContactKey,
  update: RoutingUpdate,
): Promise<CallOutcome> {
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
    return outcomeOf(error);
  }
}

/** Calls DescribeContact, and says what came of it whatever that is. */
export async function describeContact(
  client: ConnectClient,
  { instanceId, contactId }: ContactKey,
): Promise<DescribeOutcome> {
  try {
    const { Contact } = await client.send(
      new DescribeContactCommand({ InstanceId: instanceId, ContactId: contactId }),
    );
    return { kind: 'described', description: descriptionOf(Contact ?? {}) };
  } catch (error) {
    const outcome = outcomeOf(error);
    const message = messageOf(error);
    // Asking changes nothing, so whatever failed is simply not known yet.
    return outcome.kind === 'throttled' || outcome.kind === 'gone' || outcome.kind === 'denied'
      ? { kind: outcome.kind, message }
      : { kind: 'unknown', message };
  }
}

const GONE = new Set(['ResourceNotFoundException', 'InvalidActiveRegionException']);

/** Connect publishes none of these as its own, but any AWS endpoint may answer with them. */
const DENIED = new Set([
  'AccessDeniedException',
  'ExpiredTokenException',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'UnrecognizedClientException',
]);

/**
 * What a failed call means. Only an answer that says so proves that nothing was applied: an internal error, a
 * time-out or a lost connection leaves it open.
 */
function outcomeOf(error: unknown): Exclude<CallOutcome, { kind: 'done' }> {
  const name = error instanceof Error ? error.name : '';
  const status = (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata
    ?.httpStatusCode;
  const message = messageOf(error);
  if (isThrottle(error)) return { kind: 'throttled' };
  if (GONE.has(name)) return { kind: 'gone', message };
  if (DENIED.has(name) || status === 403) return { kind: 'denied', message };
  if (name === 'ResourceConflictException' || status === 409) return { kind: 'conflict', message };
  return status !== undefined && status >= 400 && status < 500
    ? { kind: 'invalid', message }
    : { kind: 'unknown', message };
}

function descriptionOf(contact: Contact): ContactDescription {
  const criteria = plainCriteria(contact.RoutingCriteria);
  const connectedAt = timeOf(contact.AgentInfo?.ConnectedToAgentTimestamp);
  const disconnectedAt = timeOf(contact.DisconnectTimestamp);
  return {
    routing: {
      ...(contact.QueuePriority === undefined
        ? {}
        : // Connect takes priorities up to 2^63-1, which neither JavaScript nor the table can hold exactly.
          { priority: Math.min(contact.QueuePriority, Number.MAX_SAFE_INTEGER) }),
      ...(contact.QueueTimeAdjustmentSeconds === undefined
        ? {}
        : { ageSeconds: contact.QueueTimeAdjustmentSeconds }),
      ...(criteria === undefined ? {} : { criteria }),
    },
    attributes: contact.Attributes ?? {},
    ...(connectedAt === undefined ? {} : { connectedAt }),
    ...(disconnectedAt === undefined ? {} : { disconnectedAt }),
  };
}

/** Connect writes a time of 1970 where a time is not set. */
function timeOf(date: Date | undefined): number | undefined {
  return date && date.getUTCFullYear() > 1970 ? date.getTime() : undefined;
}
