import * as z from 'zod/mini';
import { type ContactFacts, latestVisit } from '../../lambda/domain/contact/facts.ts';
import { mergePredecessor } from '../../lambda/domain/contact/merge.ts';
import {
  hasTestMark,
  MalformedEventError,
  parseContactEvent,
  segments,
} from '../../lambda/domain/contact/parse-event.ts';
import { type ContactRecord, emptyRecord } from '../../lambda/domain/contact/record.ts';
import { defined, isObject, type JsonObject } from '../../lambda/domain/json.ts';
import type { SegmentValue } from '../../lambda/domain/policy/contact-view.ts';
import { type LocatedProblem, readDocument } from '../../lambda/domain/validation/document.ts';
import { formatProblem } from '../../lambda/domain/validation/problem.ts';
import { closestMatch } from '../../lambda/domain/validation/suggestion.ts';
import { zodProblems } from '../../lambda/domain/validation/zod-problems.ts';
import { UsageError } from '../errors.ts';
import { withParsedMembers } from '../replay/recording/nested-detail.ts';

const timeSchema = z.string().check(
  // Without a zone, the same file would be explained differently on each machine.
  z.refine((text) => !Number.isNaN(Date.parse(text)) && /\d(Z|[+-]\d\d:?\d\d)$/i.test(text), {
    error: 'a time with its zone, such as 2026-11-23T10:00:00Z',
  }),
);
/** A string, a number, a boolean, a map or a list, as in an event. */
const segmentValueSchema: z.ZodMiniType<SegmentValue> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.array(segmentValueSchema),
    z.record(z.string(), segmentValueSchema),
  ]),
);
const stringMapSchema = z.record(z.string(), z.string());

/** A contact view, with the times that the clocks of policies start at. */
const viewSchema = z.strictObject({
  instanceId: z.optional(z.string()),
  contactId: z.optional(z.string()),
  initialContactId: z.optional(z.string()),
  previousContactId: z.optional(z.string()),
  channel: z.optional(z.string()),
  initiationMethod: z.optional(z.string()),
  queue: z.optional(
    z.strictObject({
      id: z.optional(z.string()),
      arn: z.optional(z.string()),
      name: z.optional(z.string()),
      type: z.optional(z.string()),
    }),
  ),
  tags: z.optional(stringMapSchema),
  segmentAttributes: z.optional(z.record(z.string(), segmentValueSchema)),
  attributes: z.optional(stringMapSchema),
  signals: z.optional(z.array(z.string())),
  transfers: z.optional(z.number().check(z.gte(0))),
  recentContacts: z.optional(z.number().check(z.gte(0))),
  enqueuedAt: z.optional(timeSchema),
  firstEnqueuedAt: z.optional(timeSchema),
  initiatedAt: z.optional(timeSchema),
  connectedAt: z.optional(timeSchema),
  disconnectedAt: z.optional(timeSchema),
});

const VIEW_MEMBERS = Object.keys(viewSchema.shape);

type ViewSource = z.infer<typeof viewSchema>;

/** A contact from a file. */
export interface ContactFromFile {
  readonly record: ContactRecord;
  /** True for an event of an archive that is replayed: the system leaves it out. */
  readonly isReplayed: boolean;
  /** True for an event that says that the contact was queued, and not where. */
  readonly lacksQueue: boolean;
}

/**
 * Parses a contact event, with or without its envelope, or a contact view. A view without ids, queue or time
 * of enqueue gets default ones.
 *
 * @param file - the path, for error messages.
 * @param attributeNames - names of the attributes in the policies. If the view has `attributes`, those that
 * it does not have are known to be absent.
 * @param now - the default time of enqueue, in milliseconds since the epoch.
 * @throws UsageError with every problem. It has only one line if the file is something else entirely.
 */
export function parseContactFile(
  file: string,
  text: string,
  attributeNames: readonly string[],
  now: number,
): ContactFromFile {
  const document = readDocument(text);
  const { value } = document;
  if (document.problems.length === 0 && isObject(value) && looksLikeEvent(value))
    return recordFromEvent(file, withObjects(value));
  // After the first syntax error, the others are mostly its consequences.
  const [syntaxError] = document.problems;
  if (syntaxError?.code === 'second-document') {
    throw new UsageError(
      `${file} has more than one value: expected one contact, such as the first line of a recording: ` +
        `head -n 1 FILE | escalator explain --contact-file -`,
    );
  }
  if (syntaxError) throw notAContactError(file, ` ${formatWithLine(syntaxError)}`);
  if (hasNoKnownMember(value)) throw notAContactError(file, ` it has none of ${VIEW_MEMBERS.join(', ')}.`);
  const problems = zodProblems(viewSchema, value).map(document.locate);
  if (problems.length > 0) {
    throw notAContactError(file, problems.map((problem) => `\n  ${formatWithLine(problem)}`).join(''));
  }
  return {
    record: recordFromView(value as ViewSource, attributeNames, now),
    isReplayed: false,
    lacksQueue: false,
  };
}

function notAContactError(file: string, reason: string): UsageError {
  return new UsageError(`${file} is neither a contact view nor a contact event:${reason}`);
}

function formatWithLine(problem: LocatedProblem): string {
  return `line ${problem.line}: ${formatProblem(problem)}`;
}

/** Whether an object has members, but none of a view, not even a misspelled one. */
function hasNoKnownMember(value: unknown): boolean {
  const keys = isObject(value) ? Object.keys(value) : [];
  return keys.length > 0 && keys.every((key) => closestMatch(key, VIEW_MEMBERS) === undefined);
}

function looksLikeEvent(value: object): boolean {
  return Object.keys(value).some((key) => key === 'detail' || key.toLowerCase() === 'eventtype');
}

/** The event with the objects of its detail as objects, also where they are written as strings. */
function withObjects(event: JsonObject): JsonObject {
  const { detail } = event;
  return isObject(detail) ? { ...event, detail: withParsedMembers(detail) } : withParsedMembers(event);
}

function recordFromEvent(file: string, event: unknown): ContactFromFile {
  try {
    const { facts, origin, eventType } = parseContactEvent(event);
    const lacksQueue = eventType === 'QUEUED' && latestVisit(facts) === undefined;
    const record = mergePredecessor({ ...emptyRecord(facts), facts }, undefined, 0);
    return { record, isReplayed: origin === 'replay', lacksQueue };
  } catch (error) {
    if (!(error instanceof MalformedEventError)) throw error;
    throw new UsageError(`${file} is not a valid contact event: ${error.message}`);
  }
}

const PLACEHOLDER_ARN = 'arn:aws:connect:eu-central-1:123456789012:instance';

function recordFromView(view: ViewSource, attributeNames: readonly string[], now: number): ContactRecord {
  const { instanceId = 'some-instance', contactId = 'some-contact' } = view;
  const arn = view.queue?.arn ?? `${PLACEHOLDER_ARN}/${instanceId}/queue/${view.queue?.id ?? 'some-queue'}`;
  const enqueuedAt = parseTime(view.enqueuedAt) ?? now;
  // Written plainly, or with their types as in an event.
  const segmentAttributes = segments(view.segmentAttributes);
  const facts: ContactFacts = defined({
    instanceId,
    contactId,
    initialContactId: view.initialContactId,
    previousContactId: view.previousContactId,
    channel: view.channel,
    initiationMethod: view.initiationMethod,
    isTest: hasTestMark(segmentAttributes) || undefined,
    initiatedAt: parseTime(view.initiatedAt),
    queue: defined({ arn, type: view.queue?.type, enqueuedAt }),
    firstEnqueuedAt: parseTime(view.firstEnqueuedAt) ?? enqueuedAt,
    connectedAt: parseTime(view.connectedAt),
    disconnectedAt: parseTime(view.disconnectedAt),
    tags: view.tags && { at: enqueuedAt, value: view.tags },
    segmentAttributes: segmentAttributes && { at: enqueuedAt, value: segmentAttributes },
  });
  const attributes = view.attributes && {
    changedAt: 0,
    names: [...new Set([...attributeNames, ...Object.keys(view.attributes)])],
    values: view.attributes,
  };
  const record = {
    ...emptyRecord(facts),
    facts,
    signals: Object.fromEntries((view.signals ?? []).map((name) => [name, { at: enqueuedAt }])),
    ...defined({
      chain: view.transfers === undefined ? undefined : { transfers: view.transfers },
      attributes,
      recentContacts: view.recentContacts,
      queueName: view.queue?.name === undefined ? undefined : { queueArn: arn, value: view.queue.name },
    }),
  };
  // A transfer counts without being counted in the file, as it does in an event.
  return view.transfers === undefined ? mergePredecessor(record, undefined, now) : record;
}

function parseTime(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}
