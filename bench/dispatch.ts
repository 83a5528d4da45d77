import { loadavg } from 'node:os';
import Table from 'cli-table3';
import { DEFAULT_SETTINGS, updateLimits } from '../lambda/domain/settings.ts';
import { SIDE_BY_SIDE } from '../lambda/flow/drain.ts';
import { longDrain } from './dispatch/long-drain.ts';
import { type Pace, pace } from './dispatch/overhead.ts';

/*
 * What dispatch costs beyond the calls that it makes, and how it drains a long backlog. Exits with 1 when a target is
 * missed.
 */

const CONTACTS = 1_000;
const LONG = 50_000;

const TARGETS = { overheadMs: 5, heapBytes: 150e6, paceRatio: 0.99 } as const;

const figure = (value: number) => value.toFixed(2);
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
const load = () => loadavg().map(figure).join(', ');

console.log(`Node ${process.version}; load of the machine at the beginning: ${load()}\n`);
const [bare, dispatch, oneByOne] = [
  await pace('bare-calls', CONTACTS),
  await pace('watched', CONTACTS),
  await pace('one-by-one', CONTACTS),
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
const overheadMs = (of: Pace) => of.quietestMs - bare.quietestMs;
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

const long = await longDrain(LONG);
const { ratePerSecond } = updateLimits(DEFAULT_SETTINGS);
const rate = long.calls / (long.virtualMs / 1_000);
const ratio = rate / ratePerSecond;
console.log(
  `${long.calls.toLocaleString('en')} pending in virtual time: ${figure(rate)} calls a second of ` +
    `${ratePerSecond} granted (${figure(100 * ratio)} %), ${(long.virtualMs / 60_000).toFixed(1)} minutes in ` +
    `${long.invocations} invocations; heap at most ${megabytes(long.maxHeapBytes)}; ` +
    `no call more than ${long.furthestOutOfOrder} places out of turn.`,
);
console.log(`Load at the end: ${load()}`);

const missed = [
  ...(overheadMs(dispatch) < TARGETS.overheadMs ? [] : [`overhead under ${TARGETS.overheadMs} ms a contact`]),
  ...(long.calls === LONG ? [] : [`${LONG} calls`]),
  ...(ratio >= TARGETS.paceRatio ? [] : [`${100 * TARGETS.paceRatio} % of the pace granted`]),
  ...(long.maxHeapBytes < TARGETS.heapBytes ? [] : [`heap under ${megabytes(TARGETS.heapBytes)}`]),
  ...(long.furthestOutOfOrder < SIDE_BY_SIDE ? [] : [`order, but for ${SIDE_BY_SIDE} side by side`]),
];
console.log(missed.length === 0 ? '\nAll targets met.' : `\nMISSED: ${missed.join('; ')}.`);
process.exitCode = missed.length === 0 ? 0 : 1;
