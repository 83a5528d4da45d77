import Table from 'cli-table3';
import { arnId } from '../../lambda/domain/contact.ts';
import { formatDuration } from '../../lambda/domain/duration.ts';
import type { Escalation, RecordingResult, ReplayResult, SetResult } from '../../sim/replay/result.ts';
import { timeText } from '../explain/instant.ts';
import { routingText } from '../explain/words.ts';

/**
 * The result for people: a paragraph in words, then tables.
 *
 * @param top - rows of a long table that are shown, at most.
 */
export function replayText(result: ReplayResult, top: number): string {
  const { sets, notes } = result;
  return [
    `${summaryText(result)}\n`,
    comparison(sets),
    ...sets.flatMap((set) => [
      `\n${set.name}\n`,
      policies(set),
      escalations(set, top),
      overtakings(set, top),
    ]),
    '\nTo be known about these figures:\n',
    ...notes.map((note) => `- ${note}\n`),
  ].join('');
}

/** What could not be used, a line each. */
export function problemsText({ problems, problemExamples }: RecordingResult): string {
  const more = problems - problemExamples.length;
  return [
    ...problemExamples.map(({ where, message }) => `${where}: ${message}\n`),
    ...(more > 0 ? [`And ${more} more that could not be used.\n`] : []),
  ].join('');
}

/** What happened, in a paragraph. */
function summaryText({ recording, sets }: ReplayResult): string {
  const { events, messages, contacts, queued, doubled, startsAt, endsAt } = recording;
  const told = messages > 0 ? ` and ${counted(messages, 'rule message')}` : '';
  const copies = doubled > 0 ? ` (${counted(doubled, 'copy', 'copies')} left out)` : '';
  const intro =
    `Replayed ${counted(events, 'contact event')}${told}${copies} of ${counted(contacts, 'contact')} from ` +
    `${time(startsAt)} to ${time(endsAt)}; ${queued} waited in a queue.`;
  return [intro, ...sets.map(sentenceOf)].join(' ');
}

function sentenceOf({ name, contacts, calls, overtakings, escalations }: SetResult): string {
  if (calls.made === 0) return `Under ${name} nothing would have been changed.`;
  const late = escalations.filter(({ inTime }) => inTime === false).length;
  const tooLate = late > 0 ? `, ${late} of them too late to matter` : '';
  const [first] = overtakings.byTier;
  const passed = first
    ? `${counted(overtakings.total, 'time')} a contact would have come to stand before one that it had stood behind, ` +
      `most often ${first.overtaker} before ${first.overtaken} (${first.times})`
    : 'nobody would have overtaken anybody';
  return (
    `Under ${name} ${counted(contacts, 'contact')} would have been escalated by ${counted(calls.made, 'call')}${tooLate}, ` +
    `at most ${calls.peakPerSecond} in a second where ${number(calls.grantedPerSecond)} are granted; ${passed}.`
  );
}

type Row = [string, (set: SetResult) => string];

function comparison(sets: readonly SetResult[]): string {
  const unknown = ({ escalations }: SetResult) =>
    escalations.filter(({ inTime }) => inTime === 'unknown').length;
  const rows: Row[] = [
    ['Contacts escalated', ({ contacts }) => String(contacts)],
    ['Calls', ({ calls }) => String(calls.made)],
    ['  in time', ({ escalations }) => String(escalations.filter(({ inTime }) => inTime === true).length)],
    [
      '  too late: the contact left within the routing lag',
      ({ escalations }) => String(escalations.filter(({ inTime }) => inTime === false).length),
    ],
    ...(sets.some((set) => unknown(set) > 0)
      ? ([['  not known: the recording ends before', (set) => String(unknown(set))]] satisfies Row[])
      : []),
    ['Calls per second, mean', ({ calls }) => number(calls.meanPerSecond)],
    ['  share of the quota', ({ calls }) => `${number(calls.share * 100)} %`],
    [
      'Calls per second, most',
      ({ calls }) => `${calls.peakPerSecond} of ${number(calls.grantedPerSecond)} granted`,
    ],
    ['Seconds in which more fell due than granted', ({ calls }) => String(calls.secondsOver)],
    ['Lateness of calls, median', ({ calls }) => seconds(calls.latenessSeconds?.median)],
    ['Lateness of calls, 99th percentile', ({ calls }) => seconds(calls.latenessSeconds?.p99)],
    ['Overtakings', ({ overtakings }) => String(overtakings.total)],
  ];
  return table(
    ['', ...sets.map(({ name }) => name)],
    rows.map(([what, textOf]) => [what, ...sets.map(textOf)]),
  );
}

function policies(set: SetResult): string {
  const rows = set.policies.map(({ policy, mode, governed, contacts, escalations }) => [
    mode === 'observe' ? `${policy} (observes)` : policy,
    governed,
    contacts,
    escalations,
  ]);
  return table(['Policy', 'Governed', 'Escalated', 'Calls'], rows);
}

function escalations({ escalations }: SetResult, top: number): string {
  if (escalations.length === 0) return '';
  const rows = escalations
    .slice(0, top)
    .map((one) => [
      one.contactId,
      one.tier,
      arnId(one.queueArn, 'queue') ?? one.queueArn,
      byText(one),
      time(one.madeAt),
      formatDuration(Math.floor(one.waitedSeconds)),
      `${routingText(one.to)} (was ${routingText(one.from)})`,
      one.inTime === 'unknown' ? 'not known' : one.inTime ? 'yes' : 'no',
    ]);
  const head = ['Contact', 'Tier', 'Queue', 'By', 'At', 'Waited', 'Set', 'In time'];
  return table(head, rows) + rest(escalations.length - rows.length, 'call');
}

function overtakings({ overtakings }: SetResult, top: number): string {
  const rows = overtakings.byTier
    .slice(0, top)
    .map(({ overtaker, overtaken, times }) => [`${overtaker} overtook ${overtaken}`, times]);
  if (rows.length === 0) return '';
  return table(['Who overtook whom', 'Times'], rows) + rest(overtakings.byTier.length - rows.length, 'pair');
}

function byText({ policy, step }: Escalation): string {
  if (policy === undefined) return 'operator';
  return step === undefined ? policy : `${policy} steps[${step}]`;
}

function rest(count: number, what: string): string {
  return count > 0 ? `${counted(count, `more ${what}`)}: see --top and --json.\n` : '';
}

function table(head: string[], rows: (string | number)[][]): string {
  const drawn = new Table({ head, style: { head: [], border: [], compact: true } });
  drawn.push(...rows);
  return `${drawn.toString()}\n`;
}

function time(iso: string): string {
  return timeText(Date.parse(iso));
}

function seconds(value: number | undefined): string {
  return value === undefined ? '-' : `${number(value)} s`;
}

function number(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3, useGrouping: false });
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
