import { Command, InvalidArgumentError } from 'commander';
import { DESIGNS, TARGETS_OF_THIS_SYSTEM, THIS_SYSTEM } from './designs.ts';
import { formatPercent, formatSentence, formatTable } from './format.ts';
import { generateContacts, offeredLoad, QUOTA, TIER_NAMES } from './load.ts';
import type { LoadReport } from './load-report.ts';
import { missedTargets } from './targets.ts';
import { runDesign } from './testbed.ts';

/*
 * Compares six designs under the same arrivals and a quota that is too low, in virtual time. Fails when this
 * system misses a target.
 */

interface Options {
  readonly seed: number;
  readonly minutes: number;
  readonly loads: readonly number[];
}

const { seed, minutes, loads } = new Command('npm run bench:overload --')
  .description(
    'Compares six designs under the same arrivals and the same quota, in virtual time.\n' +
      'Exits with 1 when this system misses a target.',
  )
  .option('--seed <seed>', 'random seed; the same seed gives the same results', parsePositiveNumber, 1)
  .option('--minutes <minutes>', 'virtual minutes during which contacts arrive', parsePositiveNumber, 5)
  .option(
    '--loads <loads>',
    'due changes in multiples of the quota, separated by commas',
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
    `\n${load} times the quota: ${load * QUOTA.ratePerSecond} changes due per second\n${formatTable(last)}`,
  );
}
printReport();

async function runDesigns(load: number): Promise<LoadReport[]> {
  const contacts = generateContacts(load, minutes, seed);
  const reports: LoadReport[] = [];
  for (const [name, rival] of Object.entries(DESIGNS)) {
    process.stderr.write(`${load} times the quota, ${contacts.length} contacts: ${name}\n`);
    const report = await runDesign(name, rival, contacts, minutes, seed);
    reports.push(report);
    if (name === THIS_SYSTEM || name === TARGETS_OF_THIS_SYSTEM) {
      missed.push(
        ...missedTargets(report, load, rival.maxPerSecond).map(
          (target) => `${name} at ${load} times the quota: ${target}`,
        ),
      );
    }
  }
  return reports;
}

function printReport(): void {
  const [mostUrgent = 'platinum'] = TIER_NAMES;
  const load = loads.at(-1) ?? 1;
  console.log(
    `\n${minutes} virtual minutes, seed ${seed}.\n` +
      'Useful: the call applied a change that was due to a contact that was still queued.\nOn time: applied within 10 s, of the changes whose contacts were still queued then.\n' +
      'Of targets, on time is an age that shows in the queue before its contact is due.\n' +
      'Late: from due to applied, of the useful calls.\n\n' +
      `At ${load} times the quota; the changes of ${mostUrgent} take ` +
      `${formatPercent(offeredLoad(mostUrgent, load))} of it:`,
  );
  for (const report of last) console.log(`  ${formatSentence(report)}`);
  for (const target of missed) console.log(`MISSED ${target}`);
  if (missed.length > 0) process.exitCode = 1;
}

function parsePositiveNumber(text: string): number {
  const number = Number(text);
  if (!(number > 0 && Number.isFinite(number))) {
    throw new InvalidArgumentError('Expected a number above 0, such as 10.');
  }
  return number;
}

function parsePositiveNumbers(text: string): number[] {
  return text.split(',').map(parsePositiveNumber);
}
