import { METRIC_REQUESTS } from '../../cli/state/outside/metric-figures.ts';
import { DEAD_LETTER_QUEUES } from '../../lambda/aws/deployment.ts';
import { PRICES } from './prices.ts';

/** What the table does not tell is read once a minute. */
const LOOKS_AN_HOUR = 60;

/** What an open console costs in an hour for CloudWatch and SQS, in dollars. */
export function consoleFigureDollars(): number {
  const { thousandMetrics, thousandRequests } = PRICES.cloudWatch;
  const metrics = (Object.keys(METRIC_REQUESTS).length * thousandMetrics) / 1e3;
  const alarms = thousandRequests / 1e3;
  const deadLetters = (DEAD_LETTER_QUEUES.length * PRICES.sqs.millionRequests) / 1e6;
  return LOOKS_AN_HOUR * (metrics + alarms + deadLetters);
}
