import { SWEEP_INTERVAL_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { priceUsage } from './bill.ts';
import { ASSUMPTIONS, PRICES } from './prices.ts';
import type { Usage } from './usage-meter.ts';

/** Alarms of the stack. */
export const ALARM_COUNT = 18;

/** Metrics that each sweep publishes. The others cost their part of a month in which something happened. */
const SWEEP_METRIC_COUNT = 3;

const POLL_SECONDS = 20;
const MILLION = 1e6;

/** Dollars that a month costs in which no contact comes. */
export interface IdleBill {
  readonly metrics: number;
  readonly alarms: number;
  readonly polling: number;
  /** Its invocations, its schedule, what it reads and what it logs. */
  readonly sweep: number;
  readonly total: number;
}

/** @param sweep - what one sweep uses of an empty table. */
export function priceIdleMonth(sweep: Usage): IdleBill {
  const monthSeconds = ASSUMPTIONS.monthDays * 86_400;
  const sweeps = monthSeconds / SWEEP_INTERVAL_SECONDS;
  const polls = (monthSeconds / POLL_SECONDS) * ASSUMPTIONS.pollersPerQueue;
  const parts = {
    metrics: SWEEP_METRIC_COUNT * PRICES.cloudWatch.metricMonth,
    alarms: ALARM_COUNT * PRICES.cloudWatch.alarmMonth,
    polling: (polls * (PRICES.sqs.millionRequests + PRICES.sqs.millionFifoRequests)) / MILLION,
    sweep: priceUsage(sweep, sweeps).total + (sweeps * PRICES.scheduler.millionInvocations) / MILLION,
  };
  return { ...parts, total: parts.metrics + parts.alarms + parts.polling + parts.sweep };
}
