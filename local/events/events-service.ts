import { isObject, type JsonObject } from '../../lambda/domain/json.ts';
import { AwsError, constraintViolation } from '../endpoint/aws-error.ts';
import type { LocalService } from '../endpoint/http.ts';
import { createJsonService } from '../endpoint/json-service.ts';
import { type EventBus, formatEventTime, type NewEvent } from './event-bus.ts';

/** Source: EventBridge API reference, PutEvents: at most 10 entries, together at most 256 KB. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 256 * 1_024;

/** Seconds from the epoch to the latest time that a `Date` can represent. */
const MAX_TIME = 8.64e12;

/** Bytes that EventBridge counts for the member `Time` of an entry. */
const TIME_BYTES = 14;

/**
 * EventBridge with PutEvents and DescribeRule on the default bus.
 *
 * Differs from EventBridge: this service accepts sources that begin with `aws.`, so that users can send
 * contact events, whose source is `aws.connect`. EventBridge reserves them for AWS services.
 */
export function createEventsService(bus: EventBus): LocalService {
  return createJsonService('AWSEvents', {
    PutEvents: (input) => putEvents(input, bus),
    DescribeRule: (input) => describeRule(input, bus),
  });
}

function describeRule({ Name: name }: JsonObject, bus: EventBus): object {
  if (!bus.hasRule(String(name))) {
    throw new AwsError(
      'ResourceNotFoundException',
      `Rule ${String(name)} does not exist on EventBus default.`,
    );
  }
  return { Name: name, EventBusName: 'default', State: 'ENABLED' };
}

function putEvents(input: JsonObject, bus: EventBus): object {
  const entries = validateEntries(input).map((entry) => putEvent(entry, bus));
  return { FailedEntryCount: entries.filter((entry) => 'ErrorCode' in entry).length, Entries: entries };
}

function validateEntries({ Entries: entries }: JsonObject): JsonObject[] {
  if (entries === undefined) throw constraintViolation('entries', undefined, 'Member must not be null');
  if (!Array.isArray(entries) || !entries.every(isObject)) {
    throw new AwsError('SerializationException', 'Entries must be a list of objects.');
  }
  if (entries.length < 1 || entries.length > MAX_ENTRIES) {
    const bound = entries.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${MAX_ENTRIES}`;
    throw constraintViolation('entries', `[${entries.length} entries]`, `Member must have length ${bound}`);
  }
  const bytes = entries.reduce((total, entry) => total + entryBytes(entry), 0);
  if (bytes > MAX_BYTES) {
    throw new AwsError(
      'ValidationException',
      `Total size of the entries in the request is over the limit: found ${bytes} bytes; expected at most ` +
        `${MAX_BYTES}.`,
    );
  }
  return entries;
}

function entryBytes({ Time, Source, DetailType, Detail, Resources }: JsonObject): number {
  const members = [Source, DetailType, Detail, ...(Array.isArray(Resources) ? Resources : [])];
  return members.reduce(
    (total: number, member) => total + (typeof member === 'string' ? Buffer.byteLength(member) : 0),
    Time === undefined ? 0 : TIME_BYTES,
  );
}

function putEvent(entry: JsonObject, bus: EventBus): object {
  try {
    return { EventId: bus.put(toEvent(entry)) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { ErrorCode: error.code, ErrorMessage: error.message };
  }
}

function toEvent(entry: JsonObject): NewEvent {
  const source = requireArgument(entry, 'Source');
  const detailType = requireArgument(entry, 'DetailType');
  const detail = parseDetail(requireArgument(entry, 'Detail'));
  const { EventBusName: bus = 'default', Resources: resources = [], Time: time } = entry;
  if (bus !== 'default' && !String(bus).endsWith(':event-bus/default')) {
    throw invalidArgument('EventBusName', `Bus ${bus} does not exist; the only bus is default.`);
  }
  if (!Array.isArray(resources) || !resources.every((resource) => typeof resource === 'string')) {
    throw invalidArgument('Resources', 'Resources must be a list of strings.');
  }
  if (time !== undefined && !(typeof time === 'number' && Math.abs(time) <= MAX_TIME)) {
    throw invalidArgument('Time', 'Time must be a number of seconds since the epoch.');
  }
  return {
    source,
    'detail-type': detailType,
    detail,
    resources,
    time: time === undefined ? undefined : formatEventTime(time * 1_000),
  };
}

function requireArgument(entry: JsonObject, name: string): string {
  const value = entry[name];
  if (typeof value === 'string' && value !== '') return value;
  throw invalidArgument(name, `${name} is a required argument.`);
}

function parseDetail(detail: string): object {
  try {
    const value: unknown = JSON.parse(detail);
    if (isObject(value)) return value;
  } catch {
    // Invalid JSON gets the same error as JSON that is not an object.
  }
  throw new AwsError('MalformedDetail', 'Detail is malformed.');
}

function invalidArgument(name: string, reason: string): AwsError {
  return new AwsError('InvalidArgument', `Parameter ${name} is not valid. Reason: ${reason}`);
}
