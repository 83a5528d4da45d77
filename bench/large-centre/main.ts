import Table from 'cli-table3';
import { Command, InvalidArgumentError } from 'commander';
import { formatCount } from '../format-count.ts';
import { LARGEST_CENTRE, SCENARIOS } from './scenarios.ts';

/*
 * Shows in virtual time that a contact centre as large as docs/limits.md says is served: that each contact has its turn,
 * and that no function runs into its time-out. Exits with 1 where a figure is beyond what is claimed.
 */

const { waiting } = new Command('npm run bench:large-centre --')
  .description(
    'Shows in virtual time that a large contact centre is served. Exits with 1 when a figure is beyond the claim.',
  )
  .option('--waiting <number>', 'contacts that wait at the same time', parseCount, LARGEST_CENTRE)
  .parse()
  .opts<{ waiting: number }>();

const table = new Table({
  head: [`${formatCount(waiting)} contacts wait`, '', '', 'at most'],
  style: { head: [], border: [] },
  colAligns: ['left', 'left', 'right', 'right'],
});
let isMissed = false;
for (const [name, run] of Object.entries(SCENARIOS)) {
  for (const { name: figure, value, atMost, unit } of await run(waiting)) {
    const isBeyond = value > atMost;
    isMissed ||= isBeyond;
    const text = (number: number) => `${Number(number.toFixed(1)).toLocaleString('en')} ${unit}`.trim();
    table.push([name, figure, `${isBeyond ? 'MISSED ' : ''}${text(value)}`, text(atMost)]);
  }
}
console.log(table.toString());
if (isMissed) process.exitCode = 1;

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new InvalidArgumentError('Expected a whole number above 0, such as 200000.');
}
