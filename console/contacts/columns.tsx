import type { ComponentChildren } from 'preact';
import type { NextChange } from '../../cli/state/next-change.ts';
import type { WaitingContact } from '../../cli/state/waiting-contact.ts';
import { holdWords } from '../../cli/wording/hold-words.ts';
import { CERTAINTY_MARKS, dueWords, span } from '../../cli/wording/waiting-words.ts';
import { formatSpan } from '../../lambda/domain/duration.ts';
import { CertaintyMark } from '../certainty-mark.tsx';
import { ContactLink } from '../contact-link.tsx';
import type { Row, SortValue } from '../rows.ts';
import { nextWords } from '../words.ts';

/** What a cell is drawn from. */
export interface CellInput {
  readonly row: Row;
  readonly next: NextChange | undefined;
  readonly now: number;
}

export interface Column {
  readonly key: string;
  readonly heading: string;
  /** What the heading means. */
  readonly title?: string;
  readonly isNumber?: boolean;
  /** Absent: it cannot be sorted by. */
  readonly sortBy?: SortValue;
  cell(input: CellInput): ComponentChildren;
}

/** There is nothing to show. */
const NONE = <span class="none">–</span>;

const PLACE: Column = {
  key: 'place',
  heading: '#',
  title: 'The place in the whole queue, in the order in which Connect answers',
  isNumber: true,
  sortBy: ({ place }) => place,
  cell: ({ row: { place } }) => place ?? NONE,
};

const QUEUE: Column = {
  key: 'queue',
  heading: 'Queue',
  sortBy: ({ queue }) => (queue.name ?? queue.id).toLowerCase(),
  cell: ({ row: { queue } }) => <span title={queue.arn}>{queue.name ?? queue.id}</span>,
};

const CONTACT: Column = {
  key: 'contact',
  heading: 'Contact',
  sortBy: ({ contact }) => contact.contactId,
  cell: ({ row: { contact } }) => <ContactLink contact={contact} tabIndex={-1} />,
};

const CHANNEL: Column = {
  key: 'channel',
  heading: 'Channel',
  sortBy: ({ contact }) => contact.channel,
  cell: ({ row: { contact } }) => contact.channel ?? NONE,
};

const WAITED: Column = {
  key: 'waited',
  heading: 'Waited',
  isNumber: true,
  sortBy: ({ contact }) => -contact.enqueuedAt,
  cell: ({ row: { contact }, now }) => (
    <span title={chainTitle(contact, now)}>
      {span(contact.enqueuedAt, now)}
      {contact.firstEnqueuedAt !== undefined && '+'}
    </span>
  ),
};

const PRIORITY: Column = {
  key: 'priority',
  heading: 'Priority',
  title: '1 is the most urgent',
  isNumber: true,
  sortBy: ({ contact }) => contact.priority,
  cell: ({ row: { contact } }) => urgency(contact, String(contact.priority), String(contact.coming.priority)),
};

const AGE: Column = {
  key: 'age',
  heading: 'Age',
  title: 'Added to the time in queue',
  isNumber: true,
  sortBy: ({ contact }) => contact.ageSeconds,
  cell: ({ row: { contact } }) =>
    urgency(contact, formatSpan(contact.ageSeconds), formatSpan(contact.coming.ageSeconds)),
};

const POLICY: Column = {
  key: 'policy',
  heading: 'Policy, step',
  sortBy: ({ contact }) => contact.policy,
  cell: ({ row: { contact } }) => (contact.policy === undefined ? NONE : policyWords(contact)),
};

const TARGET: Column = {
  key: 'target',
  heading: 'Target',
  title: 'How long until the target of the policy, or how late it is',
  isNumber: true,
  sortBy: ({ contact }) => contact.targetAt,
  cell({ row: { contact }, now }) {
    const { targetAt } = contact;
    if (targetAt === undefined) return NONE;
    return targetAt >= now ? span(now, targetAt) : <strong class="wrong">late {span(targetAt, now)}</strong>;
  },
};

const NEXT: Column = {
  key: 'next',
  heading: 'Next change',
  title: 'What is due, then what follows if no event and no message arrives',
  sortBy: ({ contact }) => contact.due?.since,
  cell({ row: { contact }, next, now }) {
    const words = [
      ...(contact.due ? [dueWords(contact.due, now)] : []),
      ...(next ? [nextWords(next, now)] : []),
    ].join('; ');
    return words === '' ? NONE : <span title={words}>{words}</span>;
  },
};

const HELD: Column = {
  key: 'held',
  heading: 'Held back',
  sortBy: ({ contact }) => contact.holds.join() || undefined,
  cell({ row: { contact } }) {
    const words = [
      ...(contact.isPaused ? ['paused task'] : []),
      ...contact.holds.map((hold) => holdWords(hold, contact)),
    ].join('; ');
    const isWrong = contact.holds.some((hold) => hold === 'rejected' || hold === 'calls-stopped');
    if (words === '') return NONE;
    const reason = contact.override?.reason;
    return (
      <span
        class={isWrong ? 'wrong' : undefined}
        title={reason === undefined ? words : `${words}: ${reason}`}
      >
        {words}
      </span>
    );
  },
};

/** Which columns there are besides those that are always there. */
export interface OptionalColumns {
  /** Tags, each with a column of its own. */
  readonly tagNames: readonly string[];
  /** Whether contacts of several queues are shown. */
  readonly hasQueue: boolean;
  /** Whether some contacts have a target. */
  readonly hasTarget: boolean;
}

export function columnsFor({ tagNames, hasQueue, hasTarget }: OptionalColumns): Column[] {
  const tags = tagNames.map(
    (name): Column => ({
      key: `tag ${name}`,
      heading: name,
      title: `The tag ${name}`,
      sortBy: ({ contact }) => tagOf(contact, name),
      cell: ({ row: { contact } }) => tagOf(contact, name) ?? NONE,
    }),
  );
  return [
    PLACE,
    ...(hasQueue ? [QUEUE] : []),
    CONTACT,
    CHANNEL,
    ...tags,
    WAITED,
    PRIORITY,
    AGE,
    POLICY,
    ...(hasTarget ? [TARGET] : []),
    NEXT,
    HELD,
  ];
}

/** Pixels that the columns need in a window that is not wide: those that are always there, and each of the others. */
const WIDTHS = { always: 788, queue: 84, tag: 72, target: 72 } as const;

/** Pixels below which a table with these columns scrolls to the side. */
export function widthOf(columns: readonly Column[]): number {
  const tags = columns.filter(({ key }) => key.startsWith('tag ')).length;
  return (
    WIDTHS.always +
    (columns.includes(QUEUE) ? WIDTHS.queue : 0) +
    (columns.includes(TARGET) ? WIDTHS.target : 0) +
    tags * WIDTHS.tag
  );
}

/** By what a column sorts; undefined: in the order in which Connect answers. */
export function sortValueOf(key: string | undefined): SortValue | undefined {
  if (key === undefined) return undefined;
  const tag = /^tag (.*)$/s.exec(key)?.[1];
  const columns = columnsFor({ tagNames: tag === undefined ? [] : [tag], hasQueue: true, hasTarget: true });
  return columns.find((column) => column.key === key)?.sortBy;
}

/** The class of the cells of a column. */
export function cellClass(key: string, isNumber = false): string {
  return `c-${key.split(' ')[0]}${isNumber ? ' number' : ''}`;
}

function tagOf({ tags }: WaitingContact, name: string): string | undefined {
  return Object.hasOwn(tags, name) ? tags[name] : undefined;
}

function policyWords({ policy = '', step }: WaitingContact) {
  const words = step === undefined ? policy : `${policy}, ${step}`;
  return <span title={step === undefined ? policy : `${policy}, step ${step}`}>{words}</span>;
}

function chainTitle({ firstEnqueuedAt }: WaitingContact, now: number): string | undefined {
  return firstEnqueuedAt === undefined ? undefined : `${span(firstEnqueuedAt, now)} since its first queue`;
}

/** A value by which Connect orders now; one that has not taken effect yet stands after an arrow. */
function urgency({ certainty }: WaitingContact, now: string, coming: string) {
  const mark = CERTAINTY_MARKS[certainty];
  return (
    <span title={`${now === coming ? now : `${now} → ${coming}`}${mark}`}>
      {now}
      {now !== coming && <b> → {coming}</b>}
      <CertaintyMark certainty={certainty} />
    </span>
  );
}
