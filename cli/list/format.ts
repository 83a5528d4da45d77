import { formatSpan } from '../../lambda/domain/duration.ts';
import { visibleLine } from '../../lambda/domain/visible-text.ts';
import { plural } from '../format.ts';
import type { QueueLine } from '../state/queue-line.ts';
import type { Urgency } from '../state/recent-updates.ts';
import type { WaitingContact } from '../state/waiting-contact.ts';
import { type Column, formatColumns } from '../wording/columns.ts';
import { holdWords } from '../wording/hold-words.ts';
import { formatUpdate } from '../wording/update-words.ts';
import { CERTAINTY_MARKS, dueWords, span } from '../wording/waiting-words.ts';
import type { ListedContact, ListedQueue } from './select.ts';

/** The queues and who waits there, for people. */
export function formatList(
  queues: readonly ListedQueue[],
  at: number,
  tagNames: readonly string[],
  width: number | undefined,
): string {
  const sections = queues.map((queue) =>
    [headLine(queue.line, at), ...contactLines(queue, at, tagNames, width), ...restLine(queue)].map(
      (line) => `${visibleLine(line)}\n`,
    ),
  );
  return [...sections.map((lines) => lines.join('')), ...footnotes(queues)].join('\n');
}

/** What a queue is called: its name with its id, or its id alone. */
export function queueLabel({ name, id }: Pick<QueueLine, 'name' | 'id'>): string {
  return name === undefined || name === id ? id : `${name} (${id})`;
}

/** What a queue has, in words; empty where it has nothing. */
export function queueStateWords({ conditions, signals }: Pick<QueueLine, 'conditions' | 'signals'>): string {
  return [
    ...(conditions.length === 0 ? [] : [`conditions that hold: ${conditions.join(', ')}`]),
    ...(signals.length === 0 ? [] : [`signals: ${signals.join(', ')}`]),
  ].join('; ');
}

function headLine(line: QueueLine, at: number): string {
  const { contacts, oldestAt } = line;
  const has = queueStateWords(line);
  const count = contacts.length;
  return (
    `Queue ${queueLabel(line)}: ${plural(count, 'contact')} ${count === 1 ? 'waits' : 'wait'}, ` +
    `the longest for ${span(oldestAt, at)}${has === '' ? '' : `; ${has}`}.`
  );
}

const COLUMNS: readonly Column[] = [
  { heading: '#', isNumber: true },
  { heading: 'CONTACT' },
  { heading: 'CHANNEL' },
  { heading: 'WAITED', isNumber: true },
  { heading: 'PRIORITY', isNumber: true },
  { heading: 'AGE', isNumber: true },
];

const AFTER_TAGS: readonly Column[] = [
  { heading: 'POLICY, STEP' },
  { heading: 'TARGET', isNumber: true },
  { heading: 'NEXT CHANGE' },
];

function contactLines(
  { contacts }: ListedQueue,
  at: number,
  tagNames: readonly string[],
  width: number | undefined,
): string[] {
  const columns = [...COLUMNS, ...tagNames.map((heading) => ({ heading })), ...AFTER_TAGS];
  const rows = contacts.map((contact) => contactRow(contact, at, tagNames).map(visibleLine));
  return contacts.length === 0 ? [] : formatColumns(columns, rows, width);
}

function contactRow(listed: ListedContact, at: number, tagNames: readonly string[]): string[] {
  const { contact, place } = listed;
  return [
    place === undefined ? '-' : String(place),
    contact.contactId,
    contact.channel ?? '-',
    span(contact.enqueuedAt, at),
    urgencyCell(contact, 'priority', String),
    urgencyCell(contact, 'ageSeconds', formatSpan),
    ...tagNames.map((name) => (Object.hasOwn(contact.tags, name) ? (contact.tags[name] ?? '-') : '-')),
    policyCell(contact),
    targetCell(contact, at),
    nextCell(listed, at),
  ];
}

/** A value by which Connect orders now; one that has not taken effect yet stands after an arrow. */
function urgencyCell(
  { certainty, coming, ...contact }: WaitingContact,
  field: keyof Urgency,
  format: (value: number) => string,
): string {
  const now = format(contact[field]);
  return `${now === format(coming[field]) ? now : `${now} → ${format(coming[field])}`}${CERTAINTY_MARKS[certainty]}`;
}

function policyCell({ policy, step }: WaitingContact): string {
  if (policy === undefined) return '-';
  return step === undefined ? policy : `${policy}, step ${step}`;
}

/** How long there is until the target, or `late` and by how much. */
function targetCell({ targetAt }: WaitingContact, at: number): string {
  if (targetAt === undefined) return '-';
  const seconds = Math.trunc((targetAt - at) / 1_000);
  return seconds >= 0 ? formatSpan(seconds) : `late ${formatSpan(-seconds)}`;
}

function nextCell({ contact, next }: ListedContact, at: number): string {
  const { due, holds, isPaused } = contact;
  const parts = [
    ...(isPaused ? ['paused task'] : []),
    ...(due ? [dueWords(due, at)] : []),
    ...holds.map((hold) => holdWords(hold, contact)),
    ...(next
      ? next.updates.map(
          (update) =>
            `${formatUpdate(update, next.at, () => 'its end')} in ${formatSpan(Math.ceil((next.at - at) / 1_000))}`,
        )
      : []),
  ];
  return parts.join('; ') || '-';
}

function restLine({ hidden }: ListedQueue): string[] {
  return hidden === 0 ? [] : [`${plural(hidden, 'more contact')} not shown: see --limit.`];
}

/** What the marks mean that the tables have. */
function footnotes(queues: readonly ListedQueue[]): string[] {
  const shown = queues.flatMap(({ contacts }) => contacts.map(({ contact }) => contact));
  const has = (test: (contact: WaitingContact) => boolean) => shown.some(test);
  const lines = [
    ...(has(({ certainty }) => certainty === 'assumed')
      ? ['? Connect was not asked: its defaults are assumed for what the system has not set itself.\n']
      : []),
    ...(has(({ certainty }) => certainty === 'unconfirmed')
      ? ['! The result of the last update is not known.\n']
      : []),
    ...(has(
      ({ priority, ageSeconds, coming }) => priority !== coming.priority || ageSeconds !== coming.ageSeconds,
    )
      ? ['→ Connect has accepted the update; it takes effect after the routing lag.\n']
      : []),
  ];
  return lines.length === 0 ? [] : [lines.join('')];
}
