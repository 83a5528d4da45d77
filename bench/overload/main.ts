import { Command, InvalidArgumentError } from 'commander';
import { DESIGNS, THIS_SYSTEM } from './designs.ts';
import { formatPercent, formatSentence, formatTable } from './format.ts';
import { generateContacts, offeredLoad, QUOTA, TIER_NAMES } from './load.ts';
import type { LoadReport } from './load-report.ts';
import { missedTargets } from './targets.ts';
import { runDesign } from './testbed.ts';

/*
 * Four designs under the same arrivals and the same quota, in virtual time: what each makes of a quota that is not
 * enough. Fails where this system does not keep what it promises.
 */

interface Options {
  readonly seed: number;
  readonly minutes: number;
  readonly loads: readonly number[];
}

const { seed, minutes, loads } = new Command('npm run bench:overload --')
  .description(
    'Four designs under the same arrivals and the same quota, in virtual time.\n' +
      'Exits with 1 when this system breaks one of its promises.',
  )
  .option('--seed <seed>', 'of all chance; the same seed brings the same figures', parsePositiveNumber, 1)
  .option('--minutes <minutes>', 'for how long contacts arrive, in virtual time', parsePositiveNumber, 5)
  .option(
    '--loads <loads>',
    'changes due in multiples of the quota, with commas',
    parsePositiveNumbers,
    [0.5, 1, 2, 5, 10],
  )
  .parse()
  .opts<Options>();

const missed: string[] = [];
let last: LoadReport[] = [];
for (const load of loads) {
  last = await runDesigns(load);
  console.log(
    `\n${load} times the quota: ${load * QUOTA.ratePerSecond} changes due a second\n${formatTable(last)}`,
  );
}
printReport();

async function runDesigns(load: number): Promise<LoadReport[]> {
  const all = generateContacts(load, minutes, seed);
  const accounts: LoadReport[] = [];
  for (const [name, design] of Object.entries(DESIGNS)) {
    process.stderr.write(`${load} times the quota, ${all.length} contacts: ${name}\n`);
    const account = await runDesign(name, design, all, minutes, seed);
    accounts.push(account);
    if (name === THIS_SYSTEM)
      missed.push(...missedTargets(account, load).map((what) => `at ${load} times: ${what}`));
  }
  return accounts;
}

function printReport(): void {
  const [mostUrgent = 'platinum'] = TIER_NAMES;
  const load = loads.at(-1) ?? 1;
  console.log(
    `\n${minutes} virtual minutes, seed ${seed}. On time: in force within 10 s, of the changes whose contacts still ` +
      'waited then.\nUseful: the contact still waited, was to have that by then, and did not have it yet. Late: of ' +
      `the useful ones.\n\nAt ${load} times the quota, of which ${mostUrgent} alone are ` +
      `${formatPercent(offeredLoad(mostUrgent, load))}:`,
  );
  for (const account of last) console.log(`  ${formatSentence(account)}`);
  for (const what of missed) console.log(`MISSED ${what}`);
  if (missed.length > 0) process.exitCode = 1;
}

function parsePositiveNumber(given: string): number {
  const number = Number(given);
  if (!(number > 0 && Number.isFinite(number)))
    throw new InvalidArgumentError('Give a number above 0, such as 10.');
  return number;
}

function parsePositiveNumbers(given: string): number[] {
  return given.split(',').map(parsePositiveNumber);
}
