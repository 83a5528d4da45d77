import { loadavg } from 'node:os';
import Table from 'cli-table3';
import { DEFAULT_SETTINGS, updateLimits } from '../../lambda/domain/settings.ts';
import { CONCURRENCY } from '../../lambda/flow/dispatch/select-pending.ts';
import { measureLongDrain } from './long-drain.ts';
import { measureTimePerContact, type TimePerContact } from './time-per-contact.ts';

/*
 * What dispatch costs beyond the calls that it makes, and how it drains a long backlog. Exits with 1 when a target is
 * missed.
 */

const CONTACTS = 1_000;
const LONG_BACKLOG = 50_000;

const TARGETS = { overheadMs: 5, heapBytes: 150e6, paceRatio: 0.99 } as const;

const figure = (value: number) => value.toFixed(2);
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
const load = () => loadavg().map(figure).join(', ');

console.log(`Node ${process.version}; load of the machine at the beginning: ${load()}\n`);
const [bare, dispatch, oneByOne] = [
  await measureTimePerContact('bare-calls', CONTACTS),
  await measureTimePerContact('instrumented', CONTACTS),
  await measureTimePerContact('sequential', CONTACTS),
];

const paces = new Table({
  head: [
    `ms a contact, of ${CONTACTS.toLocaleString('en')}`,
    'median',
    'quietest',
    'beyond the calls',
    'x',
    'processor',
  ],
  style: { head: [], border: [] },
});
const overheadMs = (of: TimePerContact) => of.quietestMs - bare.quietestMs;
for (const [name, of] of Object.entries({
  'the calls alone': bare,
  'one contact at a time': oneByOne,
  dispatch,
})) {
  const beyond = overheadMs(of);
  paces.push([
    name,
    figure(of.medianMs),
    figure(of.quietestMs),
    of === bare ? '' : figure(beyond),
    of === bare ? '' : figure(beyond / overheadMs(dispatch)),
    figure(of.cpuMs),
  ]);
}
console.log(paces.toString());

const parts = new Table({
  head: ['requests of dispatch', 'a contact', 'ms at the endpoint'],
  style: { head: [], border: [] },
});
for (const { name, perContact, ms } of dispatch.operations)
  parts.push([name, figure(perContact), figure(ms)]);
console.log(parts.toString());
console.log(
  `Heap of the thread of dispatch, without a bound: at most ${megabytes(dispatch.maxHeapBytes)}.\n`,
);

const long = await measureLongDrain(LONG_BACKLOG);
const { ratePerSecond } = updateLimits(DEFAULT_SETTINGS);
const rate = long.calls / (long.virtualMs / 1_000);
const ratio = rate / ratePerSecond;
console.log(
  `${long.calls.toLocaleString('en')} pending in virtual time: ${figure(rate)} calls a second of ` +
    `${ratePerSecond} granted (${figure(100 * ratio)} %), ${(long.virtualMs / 60_000).toFixed(1)} minutes in ` +
    `${long.invocations} invocations; heap at most ${megabytes(long.maxHeapBytes)}; ` +
    `no call more than ${long.maxDisplacement} places out of turn.`,
);
console.log(`Load at the end: ${load()}`);

const missed = [
  ...(overheadMs(dispatch) < TARGETS.overheadMs ? [] : [`overhead under ${TARGETS.overheadMs} ms a contact`]),
  ...(long.calls === LONG_BACKLOG ? [] : [`${LONG_BACKLOG} calls`]),
  ...(ratio >= TARGETS.paceRatio ? [] : [`${100 * TARGETS.paceRatio} % of the pace granted`]),
  ...(long.maxHeapBytes < TARGETS.heapBytes ? [] : [`heap under ${megabytes(TARGETS.heapBytes)}`]),
  ...(long.maxDisplacement < CONCURRENCY ? [] : [`order, but for ${CONCURRENCY} side by side`]),
];
console.log(missed.length === 0 ? '\nAll targets met.' : `\nMISSED: ${missed.join('; ')}.`);
process.exitCode = missed.length === 0 ? 0 : 1;
