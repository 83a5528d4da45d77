import { ASSUMPTIONS, type BilledFunction, PRICES } from './prices.ts';
import type { Usage } from './usage-meter.ts';

const MILLION = 1e6;

/** Costs in dollars, by service. */
export interface Bill {
  readonly dynamodb: number;
  readonly sqs: number;
  readonly lambda: number;
  readonly logs: number;
  readonly total: number;
}

/** Prices a usage that happens `times` times. */
export function priceUsage(usage: Usage, times: number): Bill {
  const { dynamodb, sqs, cloudWatch } = PRICES;
  const invocations = Object.entries(usage.invocations) as [BilledFunction, number][];
  const parts = {
    dynamodb:
      (usage.writeUnits * dynamodb.millionWriteUnits + usage.readUnits * dynamodb.millionReadUnits) / MILLION,
    sqs: (usage.sqsRequests * sqs.millionRequests + usage.fifoRequests * sqs.millionFifoRequests) / MILLION,
    lambda: invocations.reduce((sum, [name, count]) => sum + count * invocationPrice(name), 0),
    logs: (usage.logBytes / 1e9) * cloudWatch.gbLogs,
  };
  const bill = {
    dynamodb: parts.dynamodb * times,
    sqs: parts.sqs * times,
    lambda: parts.lambda * times,
    logs: parts.logs * times,
  };
  return { ...bill, total: bill.dynamodb + bill.sqs + bill.lambda + bill.logs };
}

/**
 * The dollars that an event costs beyond the sweep that sends it: one entry of PutEvents below 64 KB, and the write of
 * the record without it.
 *
 * @param without - the usage of a sweep without events.
 */
export function priceEvent(withEvents: Usage, without: Usage, eventCount: number): number {
  const sent = priceUsage(withEvents, 1).total - priceUsage(without, 1).total;
  return sent / eventCount + PRICES.eventBridge.millionEvents / MILLION;
}

function invocationPrice(name: BilledFunction): number {
  const { lambda } = PRICES;
  const gbSeconds = (ASSUMPTIONS.durationMs[name] / 1_000) * ASSUMPTIONS.memoryGb;
  return lambda.millionInvocations / MILLION + gbSeconds * lambda.gbSecond;
}
