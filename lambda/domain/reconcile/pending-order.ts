import type { ContactRecord } from '../contact/record.ts';
import { type AgeAdjustment, DEFAULT_ROUTING } from '../routing/routing.ts';
import { describeNeed } from './description.ts';
import type { PendingWork } from './pending-work.ts';

/** The lists of pending work: what waits for an answer of DescribeContact, and the rest. */
export type WorkList = 'questions' | 'updates';

/** The lists of the `pending` index: pending work, and events that wait to be sent where no work is left. */
export type PendingList = WorkList | 'unsent';

const PRIORITY_DIGITS = 16;
const TIME_DIGITS = 14;

/** Before the sort keys of questions: all of them follow those of updates, which begin with a digit. */
const QUESTION_PREFIX = 'q';

/** Entries of unsent events begin so: they follow all updates and questions. */
const UNSENT_PREFIX = 'u';

/** The sort keys of each list: from the first (included) to the last (not included). */
export const PENDING_RANGES: Readonly<Record<PendingList, readonly [string, string]>> = {
  updates: ['0', QUESTION_PREFIX],
  questions: [QUESTION_PREFIX, UNSENT_PREFIX],
  unsent: [UNSENT_PREFIX, 'v'],
};

/**
 * After every update: what observing policies ask for comes last, by a priority beyond those that Connect knows, and
 * names no time, since it is never late.
 */
export const SPARE_SORT_KEY = `${'9'.repeat(PRIORITY_DIGITS)}#${'0'.repeat(TIME_DIGITS)}`;

/** The sort key of unsent events: the oldest first. @param at - of the oldest, in milliseconds since the epoch. */
export function unsentSortKey(at: number): string {
  return `${UNSENT_PREFIX}#${timeText(at)}`;
}

/** The list to which work belongs. */
export function pendingListOf(work: PendingWork, ageAdjustment: AgeAdjustment): WorkList {
  return describeNeed(work, ageAdjustment) === 'required' ? 'questions' : 'updates';
}

/**
 * Sorts pending work as text, each list by itself, so that questions do not hide updates: the lowest target priority
 * first, then the earliest due. Attributes are fetched at the priority that the contact has now, since nobody knows
 * what they will change. The ages of targets follow the other changes of their priority, see {@link orderKey}.
 */
export function pendingSortKey(
  record: ContactRecord,
  work: PendingWork,
  ageAdjustment: AgeAdjustment,
): string {
  const prefix = pendingListOf(work, ageAdjustment) === 'questions' ? QUESTION_PREFIX : '';
  return prefix + urgencyKey(record, work);
}

/** The text that puts work of both lists together in order at a moment, in milliseconds since the epoch. */
export function commonOrderKey(record: ContactRecord, work: PendingWork, now: number): string {
  return orderKey(urgencyKey(record, work), now);
}

function urgencyKey(record: ContactRecord, work: PendingWork): string {
  const routing = work.kind === 'update' ? work.targetRouting : record.status?.applied;
  const priority = routing?.priority ?? DEFAULT_ROUTING.priority;
  const dueAt = work.kind === 'look' ? record.look?.at : record.decision?.dueAt;
  const timelyUntil = timelyUntilOf(work);
  const target = timelyUntil === undefined ? '' : `${IN_TIME}${timeText(timelyUntil)}#`;
  return `${String(priority).padStart(PRIORITY_DIGITS, '0')}#${target}${timeText(dueAt ?? 0)}`;
}

/** Before the time until which the age of a target is in time: it follows the digits of other changes. */
const IN_TIME = 't';

/** The same of one that is too late: these come last. */
const TOO_LATE = 'u';

/** The group of the sort key of a target's age, and the time until which it is in time. */
const TARGET_KEY = new RegExp(
  `^(${QUESTION_PREFIX}?\\d{${PRIORITY_DIGITS}}#)${IN_TIME}(\\d{${TIME_DIGITS}})#`,
);

/** After the sort keys of all ages of targets of a priority. */
const GROUP_END = '~';

/** Until when the age of a target shows in the queue before the contact is due; undefined for other work. */
function timelyUntilOf(work: PendingWork): number | undefined {
  if (work.kind !== 'update') return undefined;
  const { changes, decision, status } = work;
  const isOfTarget = changes.priority === undefined && changes.ageSeconds !== undefined;
  const isOfOperator = decision.override !== undefined || status.restorePoint !== undefined;
  return isOfTarget && !isOfOperator ? decision.timelyUntil : undefined;
}

/** When the work under that sort key fell due, in milliseconds since the epoch; undefined where that is not known. */
export function dueAtFromSortKey(sortKey: string): number | undefined {
  return Number(sortKey.slice(sortKey.lastIndexOf('#') + 1)) || undefined;
}

/**
 * The text that puts pending work in order at a moment. The ages of targets are sent earliest due first, among those that
 * can still show in the queue before their contact is due. Those for which it is too late come after them: while more is
 * due than the quota allows, they would use it up, and no age at all would come in time.
 *
 * @param now - milliseconds since the epoch.
 */
export function orderKey(sortKey: string, now: number): string {
  const [, group, time] = TARGET_KEY.exec(sortKey) ?? [];
  if (group === undefined || Number(time) >= now) return sortKey;
  return `${group}${TOO_LATE}${sortKey.slice(group.length + IN_TIME.length)}`;
}

/** A request for the entries of an index in the order of their sort keys. */
export interface RangeQuery {
  /** Inclusive. */
  readonly from: string;
  /** Exclusive. */
  readonly to: string;
  readonly limit: number;
}

/**
 * Reads the first entries of a list in the order of {@link orderKey} from an index that is sorted by sort key: yields the
 * requests, takes their answers, and returns the entries. One request is enough unless it is too late for the ages of
 * targets among its entries, and there are more entries than it may return.
 *
 * @param now - milliseconds since the epoch.
 */
export function* readInOrder<T extends { readonly sortKey: string }>(
  list: PendingList,
  limit: number,
  now: number,
): Generator<RangeQuery, T[], readonly T[]> {
  const [start, to] = PENDING_RANGES[list];
  const found: T[] = [];
  for (let from = start; found.length < limit; ) {
    const wanted = limit - found.length;
    const page = yield { from, to, limit: wanted };
    const late = page.find(({ sortKey }) => orderKey(sortKey, now) !== sortKey);
    if (!late || page.length < wanted) return [...found, ...sortedAt(page, now)];
    const group = `${TARGET_KEY.exec(late.sortKey)?.[1]}${IN_TIME}`;
    found.push(...page.slice(0, page.indexOf(late)));
    const boundary = group + timeText(now);
    const inTime = { from: boundary, to: group + GROUP_END };
    const tooLate = { from: group, to: boundary };
    for (const range of [inTime, tooLate]) {
      if (found.length < limit) found.push(...(yield { ...range, limit: limit - found.length }));
    }
    from = group + GROUP_END;
  }
  return found;
}

function sortedAt<T extends { readonly sortKey: string }>(entries: readonly T[], now: number): T[] {
  const keys = new Map(entries.map((entry) => [entry, orderKey(entry.sortKey, now)]));
  return entries.toSorted((a, b) => ((keys.get(a) ?? '') < (keys.get(b) ?? '') ? -1 : 1));
}

function timeText(at: number): string {
  return String(at).padStart(TIME_DIGITS, '0');
}
