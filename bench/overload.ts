import { Command, InvalidArgumentError } from 'commander';
import { DESIGNS, THIS_SYSTEM } from './overload/designs.ts';
import type { Account } from './overload/ledger.ts';
import { loadOf, QUOTA, TIER_NAMES, visits } from './overload/load.ts';
import { brokenPromises } from './overload/promises.ts';
import { percent, sentenceOf, tableOf } from './overload/report.ts';
import { operate } from './overload/site.ts';

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
  .option('--seed <seed>', 'of all chance; the same seed brings the same figures', positive, 1)
  .option('--minutes <minutes>', 'for how long contacts arrive, in virtual time', positive, 5)
  .option(
    '--loads <loads>',
    'changes due in multiples of the quota, with commas',
    positives,
    [0.5, 1, 2, 5, 10],
  )
  .parse()
  .opts<Options>();

const broken: string[] = [];
let last: Account[] = [];
for (const load of loads) {
  last = await compare(load);
  console.log(
    `\n${load} times the quota: ${load * QUOTA.ratePerSecond} changes due a second\n${tableOf(last)}`,
  );
}
report();

async function compare(load: number): Promise<Account[]> {
  const all = visits(load, minutes, seed);
  const accounts: Account[] = [];
  for (const [name, design] of Object.entries(DESIGNS)) {
    process.stderr.write(`${load} times the quota, ${all.length} contacts: ${name}\n`);
    const account = await operate(name, design, all, minutes, seed);
    accounts.push(account);
    if (name === THIS_SYSTEM)
      broken.push(...brokenPromises(account, load).map((what) => `at ${load} times: ${what}`));
  }
  return accounts;
}

function report(): void {
  const [mostUrgent = 'platinum'] = TIER_NAMES;
  const load = loads.at(-1) ?? 1;
  console.log(
    `\n${minutes} virtual minutes, seed ${seed}. On time: in force within 10 s, of the changes whose contacts still ` +
      'waited then.\nUseful: the contact still waited, was to have that by then, and did not have it yet. Late: of ' +
      `the useful ones.\n\nAt ${load} times the quota, of which ${mostUrgent} alone are ` +
      `${percent(loadOf(mostUrgent, load))}:`,
  );
  for (const account of last) console.log(`  ${sentenceOf(account)}`);
  for (const what of broken) console.log(`BROKEN ${what}`);
  if (broken.length > 0) process.exitCode = 1;
}

function positive(given: string): number {
  const number = Number(given);
  if (!(number > 0 && Number.isFinite(number)))
    throw new InvalidArgumentError('Give a number above 0, such as 10.');
  return number;
}

function positives(given: string): number[] {
  return given.split(',').map(positive);
}
