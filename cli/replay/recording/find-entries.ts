import { isObject, type JsonObject } from '../../../lambda/domain/json.ts';
import { DETAIL_TYPE_SUFFIXES } from '../../../lambda/domain/messages/event-rules.ts';
import { MESSAGE_TYPES } from '../../../lambda/domain/messages/schemas.ts';
import type { RecordingEntry } from '../../../sim/replay/recording-entry.ts';
import { fromDynamoDb } from './dynamodb-json.ts';
import { decodeBase64 } from './embedded-text.ts';
import { JsonScanner } from './json-scanner.ts';
import { plainName, timeInText, timeOfEnvelope } from './log-time.ts';
import { withNestedDetail, withParsedMembers } from './nested-detail.ts';
import { tryParseJson } from './parse-json.ts';

/** How many texts and envelopes may be in one another, such as an SNS message in an SQS message in a log line. */
const MAX_NESTING = 100;

/** The members of an event's envelope. */
const ENVELOPE_NAMES: ReadonlyMap<string, string> = new Map(
  [
    ...['version', 'id', 'detail-type', 'source', 'account', 'time', 'region', 'resources', 'replay-name'],
    'detail',
  ].map((name) => [plainName(name), name]),
);

/** What counts as found, and is no entry. */
const NO_ENTRY: RecordingEntry = { value: undefined };

/** Where a value was found: when the nearest envelope was made, and how many envelopes are around it. */
interface Surroundings {
  readonly loggedAt?: number;
  readonly nesting: number;
}

/**
 * Finds the contact events, rule events and rule messages in a JSON value, at any depth: in lists, in envelopes of any
 * service, in strings that contain JSON, and in base64 and gzip. What they look like decides, not where they are.
 *
 * @param loggedAt - when the value was logged, in milliseconds since the epoch.
 * @returns in the order of the value; undefined when there is nothing of a recording in it. A member of a list without
 * an entry is an entry itself, which is not readable.
 */
export function findEntries(value: unknown, loggedAt?: number): RecordingEntry[] | undefined {
  const surroundings = { loggedAt, nesting: 0 };
  return entriesOf(Array.isArray(value) ? findInList(value, surroundings, true) : find(value, surroundings));
}

/** Finds the entries in a text with JSON somewhere in it; undefined when there is nothing of a recording in it. */
export function findEntriesInText(text: string, loggedAt?: number): RecordingEntry[] | undefined {
  return entriesOf(findInText(text, { loggedAt, nesting: 0 }));
}

function entriesOf(found: readonly RecordingEntry[]): RecordingEntry[] | undefined {
  return found.length === 0 ? undefined : found.filter((entry) => entry !== NO_ENTRY);
}

function find(value: unknown, surroundings: Surroundings): RecordingEntry[] {
  if (surroundings.nesting > MAX_NESTING) return [];
  if (typeof value === 'string') return findInText(value, surroundings);
  if (Array.isArray(value)) return findInList(value, surroundings, false);
  return isObject(value) ? findInObject(value, surroundings) : [];
}

function findInObject(item: JsonObject, surroundings: Surroundings): RecordingEntry[] {
  const value = fromDynamoDb(item) ?? withNestedDetail(item) ?? item;
  const event = eventOf(value);
  if (event) return findInEvent(event, surroundings);
  if (isRuleMessage(value)) return [entryOf(value, surroundings)];
  // Sent by CloudWatch Logs to check a subscription.
  if (value.messageType === 'CONTROL_MESSAGE' || isEmptyEnvelope(value)) return [NO_ENTRY];
  const inside = {
    loggedAt: timeOfEnvelope(value) ?? surroundings.loggedAt,
    nesting: surroundings.nesting + 1,
  };
  return Object.values(value).flatMap((member) => find(member, inside));
}

/** An event of EventBridge Pipes or of another system may carry a contact event in its detail. */
function findInEvent(event: JsonObject, surroundings: Surroundings): RecordingEntry[] {
  const detailType = event['detail-type'];
  const isOther =
    typeof detailType === 'string' &&
    !detailType.endsWith(DETAIL_TYPE_SUFFIXES.contactEvent) &&
    !detailType.endsWith(DETAIL_TYPE_SUFFIXES.ruleEvent);
  const inside = {
    loggedAt: timeOfEnvelope(event) ?? surroundings.loggedAt,
    nesting: surroundings.nesting + 1,
  };
  const found = isOther ? find(event.detail, inside) : [];
  return found.length > 0 ? found : [entryOf(event, surroundings)];
}

function findInList(
  list: readonly unknown[],
  surroundings: Surroundings,
  isWhole: boolean,
): RecordingEntry[] {
  const inside = { ...surroundings, nesting: surroundings.nesting + 1 };
  const row = insightsRow(list);
  if (row) return findInObject(row, inside);
  const found = list.map((member) => find(member, inside));
  const hasEntries = found.some((entries) => entries.length > 0);
  const isOfRecords =
    isWhole && list.some((member) => typeof member === 'object' || typeof member === 'string');
  if (!hasEntries && !isOfRecords) return [];
  return found.flatMap((entries, index) =>
    entries.length > 0 ? entries : [entryOf(list[index], surroundings)],
  );
}

/** A row of `aws logs get-query-results`: a list of fields with their values. */
function insightsRow(list: readonly unknown[]): JsonObject | undefined {
  const fields = list.map((member) =>
    isObject(member) && typeof member.field === 'string' ? [member.field, member.value] : undefined,
  );
  return fields.length > 0 && fields.every((field) => field !== undefined)
    ? Object.fromEntries(fields)
    : undefined;
}

function findInText(text: string, surroundings: Surroundings): RecordingEntry[] {
  const inside = { ...surroundings, nesting: surroundings.nesting + 1 };
  const trimmed = text.trim();
  if (/^[{["]/.test(trimmed)) {
    const value = tryParseJson(trimmed);
    if (value !== undefined) return find(value, inside);
  }
  if (!/[{[]/.test(trimmed)) {
    const decoded = decodeBase64(trimmed);
    return decoded === undefined ? [] : findInText(decoded, inside);
  }
  const scanner = new JsonScanner();
  return [...scanner.push(text), ...scanner.end()].flatMap((piece) => {
    if (piece.kind !== 'json' && piece.kind !== 'csv') return [];
    const at = timeInText(piece.before) ?? inside.loggedAt;
    const value = piece.kind === 'csv' ? piece.text : tryParseJson(piece.text);
    return find(value, { ...inside, loggedAt: at });
  });
}

/** Whether an object is an envelope without content, such as the answer of an empty queue: `{"Messages":[]}`. */
function isEmptyEnvelope(value: JsonObject): boolean {
  const members = Object.values(value);
  return (
    members.some((member) => Array.isArray(member)) &&
    members.every((member) => typeof member !== 'object' || (Array.isArray(member) && member.length === 0))
  );
}

/** The value with the names and objects of an event if it looks like one, also with its detail as a string. */
function eventOf(value: JsonObject): JsonObject | undefined {
  const event = namedEventOf(value);
  if (!event) return undefined;
  return isObject(event.detail)
    ? { ...event, detail: withParsedMembers(event.detail) }
    : withParsedMembers(event);
}

function namedEventOf(value: JsonObject): JsonObject | undefined {
  if (typeof value['detail-type'] === 'string' && isObject(value.detail)) return value;
  const names = new Map(Object.keys(value).map((name) => [plainName(name), name]));
  const member = (name: string) => value[names.get(name) ?? ''];
  if (names.has('eventtype') && (names.has('contactid') || names.has('instancearn'))) return value;
  const given = member('detail');
  const parsed = typeof given === 'string' ? tryParseJson(given) : given;
  const isDetail = isObject(parsed) && Object.keys(parsed).some((name) => plainName(name) === 'eventtype');
  if (typeof member('detailtype') !== 'string' && !isDetail) return undefined;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const plain = plainName(name);
      return [ENVELOPE_NAMES.get(plain) ?? name, plain === 'detail' ? (parsed ?? item) : item];
    }),
  );
}

function isRuleMessage({ type }: JsonObject): boolean {
  return typeof type === 'string' && (MESSAGE_TYPES as readonly string[]).includes(type);
}

function entryOf(value: unknown, { loggedAt }: Surroundings): RecordingEntry {
  return loggedAt === undefined ? { value } : { value, loggedAt };
}
