import { loadavg } from 'node:os';
import Table from 'cli-table3';
import { DEFAULT_SETTINGS, updateLimits } from '../../lambda/domain/settings.ts';
import { ROUND_SIZE } from '../../lambda/flow/dispatch/round.ts';
import { formatCount } from '../format-count.ts';
import { measureLongDrain } from './long-drain.ts';
import { measureTimePerContact, type TimePerContact } from './time-per-contact.ts';

/*
 * Measures the overhead of dispatch beyond its calls, and how it drains a long backlog. Exits with 1 when a
 * target is missed.
 */

const CONTACTS = 1_000;
const LONG_BACKLOG = 50_000;

const TARGETS = { overheadMs: 5, heapBytes: 150e6, rateRatio: 0.99 } as const;

const formatNumber = (value: number) => value.toFixed(2);
const formatMegabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
const loadAverage = () => loadavg().map(formatNumber).join(', ');

console.log(`Node ${process.version}; load average at the start: ${loadAverage()}\n`);
const [bare, dispatch, oneByOne] = [
  await measureTimePerContact('bare-calls', CONTACTS),
  await measureTimePerContact('instrumented', CONTACTS),
  await measureTimePerContact('sequential', CONTACTS),
];

const times = new Table({
  head: [`ms per contact, of ${formatCount(CONTACTS)}`, 'median', 'quietest', 'overhead', 'x', 'CPU time'],
  style: { head: [], border: [] },
});
const overheadMs = (time: TimePerContact) => time.quietestMs - bare.quietestMs;
for (const [name, time] of Object.entries({
  'bare calls': bare,
  'one contact at a time': oneByOne,
  dispatch,
})) {
  const overhead = overheadMs(time);
  times.push([
    name,
    formatNumber(time.medianMs),
    formatNumber(time.quietestMs),
    time === bare ? '' : formatNumber(overhead),
    time === bare ? '' : formatNumber(overhead / overheadMs(dispatch)),
    formatNumber(time.cpuMs),
  ]);
}
console.log(times.toString());

const operations = new Table({
  head: ['requests of dispatch', 'per contact', 'ms at the endpoint'],
  style: { head: [], border: [] },
});
for (const { name, perContact, ms } of dispatch.operations)
  operations.push([name, formatNumber(perContact), formatNumber(ms)]);
console.log(operations.toString());
console.log(
  `Heap of the dispatch thread, without a limit: at most ${formatMegabytes(dispatch.maxHeapBytes)}.\n`,
);

const long = await measureLongDrain(LONG_BACKLOG);
const { ratePerSecond } = updateLimits(DEFAULT_SETTINGS);
const rate = long.calls / (long.virtualMs / 1_000);
const ratio = rate / ratePerSecond;
console.log(
  `${formatCount(long.calls)} pending changes in virtual time: ${formatNumber(rate)} calls per second ` +
    `of ${ratePerSecond} allowed (${formatNumber(100 * ratio)} %), ` +
    `${(long.virtualMs / 60_000).toFixed(1)} minutes in ${long.invocations} invocations; heap at most ${formatMegabytes(long.maxHeapBytes)}; calls at most ` +
    `${long.maxDisplacement} positions out of order.`,
);
console.log(`Load average at the end: ${loadAverage()}`);

const targets: readonly (readonly [isMet: boolean, target: string])[] = [
  [overheadMs(dispatch) < TARGETS.overheadMs, `overhead below ${TARGETS.overheadMs} ms per contact`],
  [long.calls === LONG_BACKLOG, `${LONG_BACKLOG} calls`],
  [ratio >= TARGETS.rateRatio, `${100 * TARGETS.rateRatio} % of the allowed rate`],
  [long.maxHeapBytes < TARGETS.heapBytes, `heap below ${formatMegabytes(TARGETS.heapBytes)}`],
  [long.maxDisplacement < ROUND_SIZE, `calls in order, except for ${ROUND_SIZE} at the same time`],
];
const missed = targets.flatMap(([isMet, target]) => (isMet ? [] : target));
console.log(missed.length === 0 ? '\nAll targets met.' : `\nMISSED: ${missed.join('; ')}.`);
process.exitCode = missed.length === 0 ? 0 : 1;
