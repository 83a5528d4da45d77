import Table from 'cli-table3';
import { arnId } from '../../lambda/domain/arn.ts';
import { formatSpan } from '../../lambda/domain/duration.ts';
import { whyNoneWaited } from '../../sim/replay/none-waited.ts';
import type { RecordingProblem } from '../../sim/replay/recording-scan.ts';
import type {
  Escalation,
  RecordingResult,
  ReplayedSetResult,
  ReplayResult,
} from '../../sim/replay/result.ts';
import { formatTime, plural } from '../format.ts';
import { formatRouting } from '../wording/routing-words.ts';

/**
 * Formats a result as text: a summary, then tables, then the assumptions.
 *
 * @param top - rows to show of a long table.
 */
export function formatReplay(result: ReplayResult, top: number): string {
  const { sets, caveats } = result;
  return [
    `${formatSummary(result)}\n`,
    formatComparison(sets),
    ...sets.flatMap((set) => [
      `\n${set.name}\n`,
      formatPolicies(set),
      formatTargets(set),
      formatConditions(set),
      formatEscalations(set, top),
      formatOvertakings(set, top),
    ]),
    '\nAssumptions and limits:\n',
    ...caveats.map((caveat) => `- ${caveat}\n`),
  ].join('');
}

/** The entries that are not readable, in one line for each reason. */
export function formatProblems({
  problems,
  problemExamples,
}: Pick<RecordingResult, 'problems' | 'problemExamples'>): string {
  const remaining = problems - problemExamples.reduce((sum, { count }) => sum + count, 0);
  return [
    ...problemExamples.map((problem) => `${formatProblem(problem)}\n`),
    ...(remaining > 0 ? [`And ${remaining} more that are not readable.\n`] : []),
  ].join('');
}

/** The first entry of a reason, and how many others there are. */
export function formatProblem({ where, message, count }: RecordingProblem): string {
  const others =
    count === 1 ? '' : ` The same holds for ${plural(count - 1, 'other entry', 'other entries')}.`;
  // A sentence about a file begins with its name.
  return `${message.startsWith(where) ? message : `${where}: ${message}`}${others}`;
}

/** A paragraph about the recording and each set. */
function formatSummary({ recording, sets }: ReplayResult): string {
  const { events, messages, contacts, queued, duplicates, startsAt, endsAt } = recording;
  const inputs = [plural(events, 'contact event')];
  if (messages > 0) inputs.push(plural(messages, 'rule message'));
  const ignored = duplicates > 0 ? ` (${plural(duplicates, 'duplicate')} ignored)` : '';
  const intro =
    `Replayed ${inputs.join(' and ')}${ignored} of ${plural(contacts, 'contact')} from ` +
    `${formatIsoTime(startsAt)} to ${formatIsoTime(endsAt)}; ${queued} waited in a queue` +
    `${queued === 0 ? `: ${whyNoneWaited(recording)}` : ''}.`;
  return [intro, ...sets.map(summarizeSet)].join(' ');
}

function summarizeSet(set: ReplayedSetResult): string {
  const { name, contacts, calls, noCallsReason, overtakings } = set;
  if (calls.made === 0) return `The set ${name} would have changed nothing: ${noCallsReason}.`;
  const late = calls.effects.tooLate;
  const tooLate = late > 0 ? `, ${late} of them too late` : '';
  const [mostFrequent] = overtakings.byTier;
  const overtaken = mostFrequent
    ? `Contacts would have overtaken others ${plural(overtakings.total, 'time')}, ` +
      `most often ${mostFrequent.overtaker} overtaking ${mostFrequent.overtaken} (${mostFrequent.times}).`
    : 'No contact would have overtaken another.';
  return (
    `The set ${name} would have escalated ${plural(contacts, 'contact')} with ` +
    `${plural(calls.made, 'call')}${tooLate}, at most ${calls.peakPerSecond} in a second of the ` +
    `${formatNumber(calls.grantedPerSecond)} granted. ${overtaken}`
  );
}

type Row = [string, (set: ReplayedSetResult) => string];

function formatComparison(sets: readonly ReplayedSetResult[]): string {
  const rows: Row[] = [
    ['Contacts escalated', ({ contacts }) => String(contacts)],
    ['Calls', ({ calls }) => String(calls.made)],
    ['  took effect', ({ calls }) => String(calls.effects.took)],
    ['  too late: the contact left within the routing lag', ({ calls }) => String(calls.effects.tooLate)],
    ...(sets.some(({ calls }) => calls.effects.unknown > 0)
      ? ([
          ['  unknown: the recording ends before', ({ calls }) => String(calls.effects.unknown)],
        ] satisfies Row[])
      : []),
    ['Calls per second, mean', ({ calls }) => formatNumber(calls.meanPerSecond)],
    ['  share of the quota', ({ calls }) => `${formatNumber(calls.quotaShare * 100)} %`],
    [
      'Calls per second, max',
      ({ calls }) => `${calls.peakPerSecond} of ${formatNumber(calls.grantedPerSecond)} granted`,
    ],
    ['Seconds with more calls due than granted', ({ calls }) => String(calls.secondsOverQuota)],
    ['Lateness of calls, median', ({ calls }) => formatSeconds(calls.latenessSeconds?.median)],
    ['Lateness of calls, p99', ({ calls }) => formatSeconds(calls.latenessSeconds?.p99)],
    ['Overtakings', ({ overtakings }) => String(overtakings.total)],
  ];
  return formatTable(
    ['', ...sets.map(({ name }) => name)],
    rows.map(([label, textOf]) => [label, ...sets.map(textOf)]),
  );
}

function formatPolicies(set: ReplayedSetResult): string {
  const rows = set.policies.map(({ policy, mode, governed, contacts, escalations }) => [
    mode === 'observe' ? `${policy} (observe)` : policy,
    governed,
    contacts,
    escalations,
  ]);
  return formatTable(['Policy', 'Governed', 'Escalated', 'Calls'], rows);
}

function formatTargets({ targets = [] }: ReplayedSetResult): string {
  if (targets.length === 0) return '';
  const rows = targets.map(({ policy, contacts, inTime }) => [
    policy,
    contacts,
    inTime,
    contacts === 0 ? '-' : `${formatNumber((inTime / contacts) * 100)} %`,
  ]);
  return formatTable(['Target of', 'Contacts', 'Answered in time', 'Share'], rows);
}

function formatConditions({ conditions = [] }: ReplayedSetResult): string {
  if (conditions.length === 0) return '';
  const rows = conditions.map(({ name, begun, firstAt, heldSeconds }) => [
    name,
    begun,
    firstAt === undefined ? '-' : formatIsoTime(firstAt),
    formatSpan(heldSeconds),
  ]);
  return formatTable(['Condition', 'Begun', 'First', 'Held for'], rows);
}

function formatEscalations({ escalations, calls }: ReplayedSetResult, top: number): string {
  if (calls.made === 0) return '';
  const rows = escalations
    .slice(0, top)
    .map((call) => [
      call.contactId,
      call.tier,
      arnId(call.queueArn, 'queue') ?? call.queueArn,
      formatCause(call),
      formatIsoTime(call.madeAt),
      formatSpan(call.waitedSeconds),
      `${formatRouting(call.to)} (was ${formatRouting(call.from)})`,
      call.tookEffect === 'unknown' ? 'unknown' : call.tookEffect ? 'yes' : 'no',
    ]);
  const head = ['Contact', 'Tier', 'Queue', 'Policy', 'Time', 'Waited', 'Set', 'Took effect'];
  return formatTable(head, rows) + formatRemainder(calls.made - rows.length, 'call');
}

function formatOvertakings({ overtakings }: ReplayedSetResult, top: number): string {
  const rows = overtakings.byTier
    .slice(0, top)
    .map(({ overtaker, overtaken, times }) => [`${overtaker} overtook ${overtaken}`, times]);
  if (rows.length === 0) return '';
  return (
    formatTable(['Overtakings by tier', 'Times'], rows) +
    formatRemainder(overtakings.byTier.length - rows.length, 'pair')
  );
}

function formatCause({ policy, step }: Escalation): string {
  if (policy === undefined) return '(operator)';
  return step === undefined ? policy : `${policy}, step ${step + 1}`;
}

function formatRemainder(count: number, noun: string): string {
  return count > 0 ? `${plural(count, `more ${noun}`)}: see --top and --json.\n` : '';
}

function formatTable(head: string[], rows: (string | number)[][]): string {
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  table.push(...rows);
  return `${table.toString()}\n`;
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
