import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type MetricRequest, readMetricData, sourceMetric } from '../../../cli/aws/metric-data.ts';
import { MetricStore } from '../../../local/metrics/metric-store.ts';
import { createCloudWatch } from '../../../local/services/cloudwatch.ts';
import { startTestEndpoint } from '../fixtures/aws.ts';

const MINUTE_MS = 60_000;
const T0 = Date.parse('2026-11-23T10:17:00Z');
const METRIC = { namespace: 'N', name: 'M', dimensions: { service: 's' } };

const metrics = new MetricStore();
let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let client: CloudWatchClient;

beforeAll(async () => {
  endpoint = await startTestEndpoint({ cloudwatch: createCloudWatch(metrics) });
  client = new CloudWatchClient(endpoint.clientConfig);
  for (let value = 1; value <= 20; value += 1) metrics.add({ ...METRIC, at: T0 + value * 1_000, value });
  metrics.add({ ...METRIC, at: T0 + 50 * MINUTE_MS, value: 100 });
});
afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

const read = async (stat: string, periodMs: number, from = T0) => {
  const request: MetricRequest = { metric: sourceMetric('N', 'M', { service: 's' }), stat, periodMs };
  return (await readMetricData(client, { m: request }, from, T0 + 60 * MINUTE_MS)).m;
};

test('periods begin with the request, whatever the hour', async () => {
  expect(await read('Sum', 60 * MINUTE_MS)).toEqual([{ at: T0, value: 310 }]);
  expect(await read('SampleCount', 30 * MINUTE_MS)).toEqual([
    { at: T0 + 30 * MINUTE_MS, value: 1 },
    { at: T0, value: 20 },
  ]);
  expect(await read('Sum', 60 * MINUTE_MS, T0 + 20_000)).toEqual([{ at: T0, value: 310 }]);
});

test.each([
  ['p50', 10],
  ['p95', 19],
  ['p99.5', 20],
  ['p100', 20],
  ['p0', 1],
  ['Average', 10.5],
  ['Minimum', 1],
  ['Maximum', 20],
])('%s of 1 to 20 is %d', async (stat, value) => {
  expect((await read(stat, MINUTE_MS)).at(-1)).toEqual({ at: T0, value });
});

test.each(['p101', 'P50', 'toString'])('%s is no statistic', async (stat) => {
  await expect(read(stat, MINUTE_MS)).rejects.toThrow(`${stat} is not one of Sum,`);
});
