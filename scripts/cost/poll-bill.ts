import { POLL_INTERVAL_SECONDS, SWEEP_INTERVAL_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { priceUsage } from './bill.ts';
import { ASSUMPTIONS, PRICES } from './prices.ts';
import type { Usage } from './usage-meter.ts';

/** The usage of one poll of the load. */
export interface PollUsage {
  /** While nobody waits. */
  readonly empty: Usage;
  /** While one contact waits. */
  readonly quiet: Usage;
  /** While one contact waits, and a condition holds in its queue. */
  readonly held: Usage;
  /** While {@link CROWD} contacts wait in one queue. */
  readonly crowd: Usage;
}

/** The contacts that wait in the measurement of a crowd. */
export const CROWD = 200;

/** What polling costs for a month, in dollars. */
export interface PollBill {
  /** While nobody waits: messages, invocations, logs, and the look at the index. */
  readonly base: number;
  /** For each queue in which contacts wait all the time. */
  readonly queue: number;
  /** For each queue in which a condition holds all the time. */
  readonly heldQueue: number;
  /** For each thousand contacts that wait all the time. */
  readonly thousandWaiting: number;
}

export function pricePollMonth({ empty, quiet, held, crowd }: PollUsage): PollBill {
  const monthSeconds = ASSUMPTIONS.monthDays * 86_400;
  const month = (usage: Usage) => priceUsage(usage, monthSeconds / POLL_INTERVAL_SECONDS).total;
  // One request sends the polls of a minute.
  const sends = ((monthSeconds / SWEEP_INTERVAL_SECONDS) * PRICES.sqs.millionRequests) / 1e6;
  return {
    base: month(empty) + sends,
    queue: month(quiet) - month(empty),
    heldQueue: month(held) - month(empty),
    thousandWaiting: ((month(crowd) - month(quiet)) / (CROWD - 1)) * 1_000,
  };
}
