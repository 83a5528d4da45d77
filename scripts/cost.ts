import Table from 'cli-table3';
import { billOf } from './cost/bill.ts';
import { idleBill } from './cost/idle.ts';
import { usageOfLives } from './cost/lives.ts';
import { ASSUMED, PRICES } from './cost/prices.ts';
import { usageOfSweep } from './cost/swept.ts';

/*
 * What a million contacts cost, by the life that they live, and a month in which none comes: counted in the local
 * system, reckoned from scripts/cost/prices.ts. With --json it prints what was counted, too.
 */

const MILLION = 1e6;

const usage = await usageOfLives();
const sweep = await usageOfSweep();
const bills = Object.fromEntries(
  Object.entries(usage).map(([life, used]) => [life, billOf(used, MILLION)] as const),
);
const idle = idleBill(sweep);

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ usage, bills, sweep, idle }));
} else {
  const dollars = (value: number) => value.toFixed(2);
  const table = new Table({
    head: [
      'life',
      'invocations',
      'RRU',
      'WRU',
      'SQS',
      'DynamoDB $',
      'SQS $',
      'Lambda $',
      'logs $',
      'a million $',
    ],
    style: { head: [], border: [] },
  });
  for (const [life, used] of Object.entries(usage)) {
    const bill = billOf(used, MILLION);
    table.push([
      life,
      Object.values(used.invocations).reduce((sum, count) => sum + count, 0),
      used.readUnits,
      used.writeUnits,
      used.sqsRequests + used.fifoRequests,
      dollars(bill.dynamodb),
      dollars(bill.sqs),
      dollars(bill.lambda),
      dollars(bill.logs),
      dollars(bill.total),
    ]);
  }
  console.log(table.toString());
  console.log(
    `A month in which none comes: ${dollars(idle.total)} $ (alarms ${dollars(idle.alarms)}, metrics ` +
      `${dollars(idle.metrics)}, polling ${dollars(idle.polling)}, the sweep ${dollars(idle.sweep)}).`,
  );
  const durations = Object.entries(ASSUMED.durationMs).map(([name, ms]) => `${name} ${ms} ms`);
  console.log(
    `List prices of ${PRICES.region} as of ${PRICES.date}, without free tiers. Assumed at ` +
      `${ASSUMED.memoryGb * 1_024} MB: ${durations.join(', ')}.`,
  );
}
