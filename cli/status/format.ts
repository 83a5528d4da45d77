import { visibleLine } from '../../lambda/domain/visible-text.ts';
import { formatRefusal } from '../aws/configuration-in-force.ts';
import { plural } from '../format.ts';
import { queueLabel, queueStateWords } from '../list/format.ts';
import type { OutsideFigures } from '../state/outside/outside-figures.ts';
import type { ReadState } from '../state/read-state.ts';
import type { Calls, SystemState } from '../state/system-state.ts';
import { type Column, formatColumns } from '../wording/columns.ts';
import type { FormatMoment } from '../wording/times.ts';
import { span } from '../wording/waiting-words.ts';
import { outsideLines } from './outside-lines.ts';

/** The state of the system for people. */
export function formatStatus(
  { state, compiled }: ReadState,
  figures: OutsideFigures,
  formatMoment: FormatMoment,
  width: number | undefined,
): string {
  const refusals = compiled ? state.refused.map((refusal) => formatRefusal(refusal, compiled)) : [];
  return [
    [...headLines(state, formatMoment), ...refusals, ...outsideLines(figures, formatMoment)],
    queueTable(state, width),
    policyTable(state, formatMoment, width),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${visibleLine(line)}\n`).join(''))
    .join('\n');
}

function headLines(state: SystemState, formatMoment: FormatMoment): string[] {
  const { at, version, configuredAt, policies, refused } = state;
  const since = configuredAt === undefined ? '' : `, as they are since ${formatMoment(configuredAt)}`;
  return [
    `At ${formatMoment(at)}${version === undefined ? '' : `, version ${version}`}.`,
    `Calls: ${callsWords(state.calls)}`,
    `Waiting: ${waitingWords(state)}`,
    `Due: ${dueWords(state.calls, at)}`,
    `Policies: ${policies.length} in force${since}; ${refused.length === 0 ? 'none' : refused.length} refused.`,
  ];
}

function callsWords({ stopped, reasons, perSecond }: Calls): string {
  if (stopped === undefined) return `made, at most ${Number(perSecond.toPrecision(3))} a second.`;
  return `STOPPED. ${reasons.join(' ')}`;
}

function waitingWords({ queues, at }: SystemState): string {
  const count = queues.reduce((sum, { contacts }) => sum + contacts.length, 0);
  if (count === 0) return 'nobody.';
  const oldestAt = Math.min(...queues.map((queue) => queue.oldestAt));
  return `${plural(count, 'contact')} in ${plural(queues.length, 'queue')}, the longest for ${span(oldestAt, at)}.`;
}

function dueWords({ due, oldestDueAt, questions, rejected }: Calls, at: number): string {
  const count = due.reduce((sum, one) => sum + one.count, 0);
  const byPriority = due.map((one) => `${one.count} at priority ${one.priority}`).join(', ');
  const oldest = oldestDueAt === undefined ? '' : `, the oldest for ${span(oldestDueAt, at)}`;
  return [
    count === 0 ? 'no change.' : `${plural(count, 'change')} (${byPriority})${oldest}.`,
    ...(questions === 0
      ? []
      : [`${plural(questions, 'contact')} ${verb(questions)} for an answer of DescribeContact.`]),
    ...(rejected === 0 ? [] : [`Connect rejected changes of ${plural(rejected, 'contact')}.`]),
  ].join(' ');
}

const verb = (count: number) => (count === 1 ? 'waits' : 'wait');

const QUEUE_COLUMNS: readonly Column[] = [
  { heading: 'QUEUE' },
  { heading: 'WAITING', isNumber: true },
  { heading: 'LONGEST', isNumber: true },
  { heading: 'DUE', isNumber: true },
  { heading: 'NEXT TO BE ANSWERED' },
  { heading: 'HAS' },
];

function queueTable({ queues, at }: SystemState, width: number | undefined): string[] {
  if (queues.length === 0) return [];
  const rows = queues.map((queue) => {
    const [first] = queue.contacts;
    return [
      queueLabel(queue),
      String(queue.contacts.length),
      span(queue.oldestAt, at),
      String(queue.contacts.filter(({ due }) => due).length),
      first && !first.isPaused ? first.contactId : '-',
      queueStateWords(queue) || '-',
    ].map(visibleLine);
  });
  return formatColumns(QUEUE_COLUMNS, rows, width);
}

const POLICY_COLUMNS: readonly Column[] = [
  { heading: 'POLICY' },
  { heading: 'MODE' },
  { heading: 'GOVERNS', isNumber: true },
  { heading: 'LATE', isNumber: true },
  { heading: 'VERSION', isNumber: true },
  { heading: 'IN FORCE SINCE' },
];

function policyTable(
  { policies }: SystemState,
  formatMoment: FormatMoment,
  width: number | undefined,
): string[] {
  if (policies.length === 0) return [];
  const rows = policies.map(({ name, mode, governs, late, version, since }) =>
    [name, mode, String(governs), String(late), String(version), formatMoment(since)].map(visibleLine),
  );
  return formatColumns(POLICY_COLUMNS, rows, width);
}
