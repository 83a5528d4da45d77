import { SWEEP_INTERVAL_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { priceUsage } from './bill.ts';
import { ASSUMPTIONS, PRICES } from './prices.ts';
import type { Usage } from './usage-meter.ts';

/**
 * The metrics that the alarms of a stack with one instance use: an alarm on metric math costs as much as one alarm for
 * each of its metrics. Another instance adds two.
 */
export const ALARM_METRIC_COUNT = 41;

/**
 * The number of metrics that each sweep publishes. Other metrics cost only for the hours in which they have
 * data.
 */
export const SWEEP_METRIC_COUNT = 8;

const POLL_SECONDS = 20;

/** The queues of messages, beside the FIFO queue of dispatch. */
const STANDARD_QUEUES = 3;
const MILLION = 1e6;

/** The costs of a month without contacts, in dollars. */
export interface IdleBill {
  readonly metrics: number;
  readonly alarms: number;
  readonly polling: number;
  /** Invocations, schedule, reads and logs. */
  readonly sweep: number;
  readonly total: number;
}

/** @param sweep - the usage of one sweep of an empty table. */
export function priceIdleMonth(sweep: Usage): IdleBill {
  const monthSeconds = ASSUMPTIONS.monthDays * 86_400;
  const sweeps = monthSeconds / SWEEP_INTERVAL_SECONDS;
  const polls = (monthSeconds / POLL_SECONDS) * ASSUMPTIONS.pollersPerQueue;
  const parts = {
    metrics: SWEEP_METRIC_COUNT * PRICES.cloudWatch.metricMonth,
    alarms: ALARM_METRIC_COUNT * PRICES.cloudWatch.alarmMonth,
    polling:
      (polls * (STANDARD_QUEUES * PRICES.sqs.millionRequests + PRICES.sqs.millionFifoRequests)) / MILLION,
    sweep: priceUsage(sweep, sweeps).total + (sweeps * PRICES.scheduler.millionInvocations) / MILLION,
  };
  return { ...parts, total: parts.metrics + parts.alarms + parts.polling + parts.sweep };
}
