import Table from 'cli-table3';
import { arnId } from '../../lambda/domain/arn.ts';
import { formatDuration } from '../../lambda/domain/duration.ts';
import type {
  Escalation,
  RecordingResult,
  ReplayedSetResult,
  ReplayResult,
} from '../../sim/replay/result.ts';
import { formatRouting } from '../explain/format.ts';
import { formatTime } from '../explain/instant.ts';

/**
 * The result for people: a paragraph in words, then tables.
 *
 * @param top - rows of a long table that are shown, at most.
 */
export function formatReplay(result: ReplayResult, top: number): string {
  const { sets, caveats: notes } = result;
  return [
    `${formatSummary(result)}\n`,
    formatComparison(sets),
    ...sets.flatMap((set) => [
      `\n${set.name}\n`,
      formatPolicies(set),
      formatEscalations(set, top),
      formatOvertakings(set, top),
    ]),
    '\nTo be known about these figures:\n',
    ...notes.map((note) => `- ${note}\n`),
  ].join('');
}

/** What could not be used, a line each. */
export function formatProblems({ problems, problemExamples }: RecordingResult): string {
  const more = problems - problemExamples.length;
  return [
    ...problemExamples.map(({ where, message }) => `${where}: ${message}\n`),
    ...(more > 0 ? [`And ${more} more that could not be used.\n`] : []),
  ].join('');
}

/** What happened, in a paragraph. */
function formatSummary({ recording, sets }: ReplayResult): string {
  const { events, messages, contacts, queued, duplicates: doubled, startsAt, endsAt } = recording;
  const told = messages > 0 ? ` and ${counted(messages, 'rule message')}` : '';
  const copies = doubled > 0 ? ` (${counted(doubled, 'copy', 'copies')} left out)` : '';
  const intro =
    `Replayed ${counted(events, 'contact event')}${told}${copies} of ${counted(contacts, 'contact')} from ` +
    `${formatIsoTime(startsAt)} to ${formatIsoTime(endsAt)}; ${queued} waited in a queue.`;
  return [intro, ...sets.map(summarizeSet)].join(' ');
}

function summarizeSet({ name, contacts, calls, overtakings, escalations }: ReplayedSetResult): string {
  if (calls.made === 0) return `Under ${name} nothing would have been changed.`;
  const late = escalations.filter(({ tookEffect: inTime }) => inTime === false).length;
  const tooLate = late > 0 ? `, ${late} of them too late to matter` : '';
  const [first] = overtakings.byTier;
  const passed = first
    ? `${counted(overtakings.total, 'time')} a contact would have come to stand before one that it had stood behind, ` +
      `most often ${first.overtaker} before ${first.overtaken} (${first.times})`
    : 'nobody would have overtaken anybody';
  return (
    `Under ${name} ${counted(contacts, 'contact')} would have been escalated by ${counted(calls.made, 'call')}${tooLate}, ` +
    `at most ${calls.peakPerSecond} in a second where ${formatNumber(calls.grantedPerSecond)} are granted; ${passed}.`
  );
}

type Row = [string, (set: ReplayedSetResult) => string];

function formatComparison(sets: readonly ReplayedSetResult[]): string {
  const unknown = ({ escalations }: ReplayedSetResult) =>
    escalations.filter(({ tookEffect: inTime }) => inTime === 'unknown').length;
  const rows: Row[] = [
    ['Contacts escalated', ({ contacts }) => String(contacts)],
    ['Calls', ({ calls }) => String(calls.made)],
    [
      '  in time',
      ({ escalations }) => String(escalations.filter(({ tookEffect: inTime }) => inTime === true).length),
    ],
    [
      '  too late: the contact left within the routing lag',
      ({ escalations }) => String(escalations.filter(({ tookEffect: inTime }) => inTime === false).length),
    ],
    ...(sets.some((set) => unknown(set) > 0)
      ? ([['  not known: the recording ends before', (set) => String(unknown(set))]] satisfies Row[])
      : []),
    ['Calls per second, mean', ({ calls }) => formatNumber(calls.meanPerSecond)],
    ['  share of the quota', ({ calls }) => `${formatNumber(calls.quotaShare * 100)} %`],
    [
      'Calls per second, most',
      ({ calls }) => `${calls.peakPerSecond} of ${formatNumber(calls.grantedPerSecond)} granted`,
    ],
    ['Seconds in which more fell due than granted', ({ calls }) => String(calls.secondsOverQuota)],
    ['Lateness of calls, median', ({ calls }) => formatSeconds(calls.latenessSeconds?.median)],
    ['Lateness of calls, 99th percentile', ({ calls }) => formatSeconds(calls.latenessSeconds?.p99)],
    ['Overtakings', ({ overtakings }) => String(overtakings.total)],
  ];
  return formatTable(
    ['', ...sets.map(({ name }) => name)],
    rows.map(([what, textOf]) => [what, ...sets.map(textOf)]),
  );
}

function formatPolicies(set: ReplayedSetResult): string {
  const rows = set.policies.map(({ policy, mode, governed, contacts, escalations }) => [
    mode === 'observe' ? `${policy} (observes)` : policy,
    governed,
    contacts,
    escalations,
  ]);
  return formatTable(['Policy', 'Governed', 'Escalated', 'Calls'], rows);
}

function formatEscalations({ escalations }: ReplayedSetResult, top: number): string {
  if (escalations.length === 0) return '';
  const rows = escalations
    .slice(0, top)
    .map((one) => [
      one.contactId,
      one.tier,
      arnId(one.queueArn, 'queue') ?? one.queueArn,
      formatCause(one),
      formatIsoTime(one.madeAt),
      formatDuration(Math.floor(one.waitedSeconds)),
      `${formatRouting(one.to)} (was ${formatRouting(one.from)})`,
      one.tookEffect === 'unknown' ? 'not known' : one.tookEffect ? 'yes' : 'no',
    ]);
  const head = ['Contact', 'Tier', 'Queue', 'By', 'At', 'Waited', 'Set', 'In time'];
  return formatTable(head, rows) + formatRemainder(escalations.length - rows.length, 'call');
}

function formatOvertakings({ overtakings }: ReplayedSetResult, top: number): string {
  const rows = overtakings.byTier
    .slice(0, top)
    .map(({ overtaker, overtaken, times }) => [`${overtaker} overtook ${overtaken}`, times]);
  if (rows.length === 0) return '';
  return (
    formatTable(['Who overtook whom', 'Times'], rows) +
    formatRemainder(overtakings.byTier.length - rows.length, 'pair')
  );
}

function formatCause({ policy, step }: Escalation): string {
  if (policy === undefined) return 'operator';
  return step === undefined ? policy : `${policy} steps[${step}]`;
}

function formatRemainder(count: number, what: string): string {
  return count > 0 ? `${counted(count, `more ${what}`)}: see --top and --json.\n` : '';
}

function formatTable(head: string[], rows: (string | number)[][]): string {
  const drawn = new Table({ head, style: { head: [], border: [], compact: true } });
  drawn.push(...rows);
  return `${drawn.toString()}\n`;
}

function formatIsoTime(iso: string): string {
  return formatTime(Date.parse(iso));
}

function formatSeconds(value: number | undefined): string {
  return value === undefined ? '-' : `${formatNumber(value)} s`;
}

function formatNumber(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3, useGrouping: false });
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
