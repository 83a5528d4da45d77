import Table from 'cli-table3';
import { Command } from 'commander';
import { priceEvent, priceUsage } from './bill.ts';
import { priceIdleMonth } from './idle-bill.ts';
import { measureLifecycles } from './lifecycles.ts';
import { CROWD, pricePollMonth } from './poll-bill.ts';
import { measurePoll } from './poll-usage.ts';
import { ASSUMPTIONS, PRICES } from './prices.ts';
import { measureSweep } from './sweep-usage.ts';

/*
 * Measures what contacts use in the local system, and computes from the list prices what a million contacts
 * cost, by lifecycle, what a month without contacts costs, and what conditions cost.
 */

const MILLION = 1e6;

/** Events that one sweep sends, to measure what an event costs. */
const EVENTS = 20;

const { json } = new Command('npm run cost --')
  .description('Computes the cost of a million contacts, by lifecycle, and of a month without contacts.')
  .option('--json', 'print JSON, with the measured usage')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse()
  .opts<{ json?: true }>();

const usage = await measureLifecycles();
const sweep = await measureSweep();
const sendingSweep = await measureSweep(EVENTS);
const eventDollars = priceEvent(sendingSweep, sweep, EVENTS) * MILLION;
const bills = Object.fromEntries(
  Object.entries(usage).map(([lifecycle, used]) => [lifecycle, priceUsage(used, MILLION)] as const),
);
const idle = priceIdleMonth(sweep);
const poll = {
  empty: await measurePoll({ waiting: 0, holds: false }),
  quiet: await measurePoll({ waiting: 1, holds: false }),
  held: await measurePoll({ waiting: 1, holds: true }),
  crowd: await measurePoll({ waiting: CROWD, holds: false }),
};
const polling = pricePollMonth(poll);

if (json) {
  console.log(JSON.stringify({ usage, bills, sweep, sendingSweep, eventDollars, idle, poll, polling }));
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
      'total $',
    ],
    style: { head: [], border: [] },
  });
  for (const [lifecycle, used] of Object.entries(usage)) {
    const bill = priceUsage(used, MILLION);
    table.push([
      lifecycle,
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
    'Request units and requests are per contact, costs per million contacts.\n' +
      `A month without contacts: ${dollars(idle.total)} $ (alarms ${dollars(idle.alarms)}, metrics ` +
      `${dollars(idle.metrics)}, polling ${dollars(idle.polling)}, the sweep ${dollars(idle.sweep)}).\n` +
      `A million outgoing events: ${dollars(eventDollars)} $.\n` +
      `Polling for conditions, a month: ${dollars(polling.base)} $, and ${dollars(polling.queue)} $ for each queue in ` +
      `which contacts wait (${dollars(polling.heldQueue)} $ where a condition holds), and ` +
      `${dollars(polling.thousandWaiting)} $ for a thousand contacts that wait all the time.`,
  );
  const durations = Object.entries(ASSUMPTIONS.durationMs).map(([name, ms]) => `${name} ${ms} ms`);
  console.log(
    `List prices of ${PRICES.region} as of ${PRICES.date}, without free tiers. Assumed at ` +
      `${ASSUMPTIONS.memoryGb * 1_024} MB: ${durations.join(', ')}.`,
  );
}
