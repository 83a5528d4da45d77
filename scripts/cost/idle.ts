import { SWEEP_INTERVAL_SECONDS } from '../../lambda/flow/sweep.ts';
import { billOf } from './bill.ts';
import type { Usage } from './meter.ts';
import { ASSUMED, PRICES } from './prices.ts';

/** Alarms of the stack. */
export const ALARMS = 18;

/** Metrics that each sweep publishes. The others cost their part of a month in which something happened. */
const SWEPT_METRICS = 3;

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
export function idleBill(sweep: Usage): IdleBill {
  const monthSeconds = ASSUMED.monthDays * 86_400;
  const sweeps = monthSeconds / SWEEP_INTERVAL_SECONDS;
  const polls = (monthSeconds / POLL_SECONDS) * ASSUMED.pollersPerQueue;
  const parts = {
    metrics: SWEPT_METRICS * PRICES.cloudWatch.metricMonth,
    alarms: ALARMS * PRICES.cloudWatch.alarmMonth,
    polling: (polls * (PRICES.sqs.millionRequests + PRICES.sqs.millionFifoRequests)) / MILLION,
    sweep: billOf(sweep, sweeps).total + (sweeps * PRICES.scheduler.millionInvocations) / MILLION,
  };
  return { ...parts, total: parts.metrics + parts.alarms + parts.polling + parts.sweep };
}
