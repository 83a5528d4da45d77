import { isObject } from '../../lambda/domain/json.ts';
import { formatValue } from '../wording/pattern-words.ts';
import { formatPattern } from './policy-words.ts';
import { formatContent, ownMember, valueChanges } from './value-changes.ts';

type Document = Readonly<Record<string, unknown>>;

/** What new settings, or a new calendar, say. */
export function newDocumentSentences(source: unknown): string[] {
  return Object.entries(documentOf(source))
    .filter(([key]) => key !== 'description')
    .map(([key, value]) => `${key} ${formatContent(value)}`);
}

/** What a new condition does. */
export function newConditionSentences(source: unknown): string[] {
  const condition = documentOf(source);
  return [
    `in ${formatQueues(condition.queues)}`,
    ...(condition.channel === undefined ? [] : [`counts ${formatValue(condition.channel)} alone`]),
    `begins when ${formatPattern(condition.when)}`,
    `ends ${formatEnd(condition)}`,
  ];
}

/** How a condition changes by what it means, in words; empty where only its text does. */
export function conditionChanges(before: unknown, after: unknown): string[] {
  const [from, to] = [documentOf(before), documentOf(after)];
  const members = (condition: Document) =>
    Object.fromEntries(
      ['description', 'queues', 'channel']
        .filter((key) => Object.hasOwn(condition, key))
        .map((key) => [key, ownMember(condition, key)]),
    );
  const begins = formatPattern(to.when);
  const [endBefore, endAfter] = [formatEnd(from), formatEnd(to)];
  return [
    ...valueChanges('', members(from), members(to)),
    ...(formatPattern(from.when) === begins
      ? []
      : [`begins when ${begins} (before: ${formatPattern(from.when)})`]),
    ...(endBefore === endAfter ? [] : [`ends ${endAfter} (before: ${endBefore})`]),
  ];
}

function documentOf(source: unknown): Document {
  return isObject(source) ? source : {};
}

function formatQueues(queues: unknown): string {
  return queues === undefined ? 'every queue in which contacts wait' : `the queues ${formatValue(queues)}`;
}

function formatEnd({ until }: Document): string {
  return until === undefined ? 'as soon as that no longer holds' : `when ${formatPattern(until)}`;
}
