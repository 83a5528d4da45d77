import { isObject, type JsonObject } from '../../lambda/domain/json.ts';
import type { ContactCentre, DescribedContact } from '../../sim/centre/index.ts';
import { AwsError } from '../endpoint/aws-error.ts';

const DEFAULT_PAGE_SIZE = 100;

/**
 * SearchContacts, as far as the system uses it: by the time of initiation, and with the condition that a contact is not
 * disconnected. Like Connect it does not find a call that came in and waits.
 *
 * @throws AwsError InvalidParameterException, ResourceNotFoundException, SerializationException.
 */
export function searchContacts(body: string, centre: ContactCentre, now: number): object {
  const request = parse(body);
  if (request.InstanceId !== centre.instance.id) {
    throw new AwsError('ResourceNotFoundException', `There is no instance ${request.InstanceId}.`, 404);
  }
  const range = isObject(request.TimeRange) ? request.TimeRange : {};
  const [from, to] = [Number(range.StartTime) * 1_000, Number(range.EndTime) * 1_000];
  if (range.Type !== 'INITIATION_TIMESTAMP' || !(from <= to)) {
    throw invalid('TimeRange must have the Type INITIATION_TIMESTAMP, a StartTime and a later EndTime.');
  }
  const size = Number(request.MaxResults ?? DEFAULT_PAGE_SIZE);
  if (!(size >= 1 && size <= 100)) throw invalid('MaxResults must be 1 to 100.');
  const start = Number(request.NextToken ?? 0);
  const isOpenOnly = JSON.stringify(request.SearchCriteria ?? {}).includes('"NOT_EXISTS"');
  const found = centre
    .describeAll(now)
    .filter(
      (contact) =>
        isFound(contact) &&
        !(isOpenOnly && contact.disconnectedAt !== undefined) &&
        contact.initiatedAt >= from &&
        contact.initiatedAt <= to,
    );
  const end = start + size;
  return {
    Contacts: found.slice(start, end).map(summary),
    TotalCount: found.length,
    ...(end < found.length && { NextToken: String(end) }),
  };
}

function isFound({ channel, initiationMethod, state }: DescribedContact): boolean {
  return channel !== 'VOICE' || initiationMethod === 'CALLBACK' || state !== 'waiting';
}

function summary(contact: DescribedContact): object {
  const { contactId, channel, initiationMethod, queue, agent, initiatedAt, disconnectedAt } = contact;
  return {
    Id: contactId,
    Channel: channel,
    InitiationMethod: initiationMethod,
    QueueInfo: { Id: queue.id, EnqueueTimestamp: queue.enqueuedAt / 1_000 },
    AgentInfo: agent && { Id: agent.id, ConnectedToAgentTimestamp: agent.connectedAt / 1_000 },
    InitiationTimestamp: initiatedAt / 1_000,
    DisconnectTimestamp: disconnectedAt === undefined ? undefined : disconnectedAt / 1_000,
  };
}

function parse(body: string): JsonObject {
  try {
    const value: unknown = JSON.parse(body);
    if (isObject(value)) return value;
  } catch {
    // Reported below.
  }
  throw new AwsError('SerializationException', 'The body is not a JSON object.');
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
