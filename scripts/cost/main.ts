import Table from 'cli-table3';
import { priceUsage } from './bill.ts';
import { priceIdleMonth } from './idle-bill.ts';
import { measureLifecycles } from './lifecycles.ts';
import { ASSUMPTIONS, PRICES } from './prices.ts';
import { measureSweep } from './sweep-usage.ts';

/*
 * What a million contacts cost, by the life that they live, and a month in which none comes: counted in the local
 * system, reckoned from scripts/cost/prices.ts. With --json it prints what was counted, too.
 */

const MILLION = 1e6;

const usage = await measureLifecycles();
const sweep = await measureSweep();
const bills = Object.fromEntries(
  Object.entries(usage).map(([life, used]) => [life, priceUsage(used, MILLION)] as const),
);
const idle = priceIdleMonth(sweep);

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ usage, bills, sweep, idle }));
} else {
  const dollars = (value: number) => value.toFixed(2);
  const table = new Table({
    head: [
      'lifecycle',
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
    const bill = priceUsage(used, MILLION);
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
  const durations = Object.entries(ASSUMPTIONS.durationMs).map(([name, ms]) => `${name} ${ms} ms`);
  console.log(
    `List prices of ${PRICES.region} as of ${PRICES.date}, without free tiers. Assumed at ` +
      `${ASSUMPTIONS.memoryGb * 1_024} MB: ${durations.join(', ')}.`,
  );
}
