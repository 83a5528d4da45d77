import { describe, expect, test } from '@jest/globals';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { METRICS } from '../../lambda/aws/metric-names.ts';
import { ConnectEscalator } from '../../lib/index.ts';
import { INSTANCE, testApp } from './synthesize.ts';

const escalator = new ConnectEscalator(new Stack(testApp(), 'UserStack'), 'Escalator', {
  instanceArns: [INSTANCE],
}) as unknown as Record<string, (options?: MetricOptions) => Metric>;

const metricOf = (name: string, options?: MetricOptions) => escalator[`metric${name}`]?.(options);

/** The statistics of metrics that do not count events. */
const STATISTICS: Record<string, string> = {
  Lateness: 'p95',
  InvalidPolicies: 'Maximum',
  CallsStopped: 'Maximum',
  OverdueWakeUps: 'Maximum',
  WaitingContacts: 'Maximum',
  OldestPendingAge: 'Maximum',
  PendingChanges: 'Maximum',
  StuckSeconds: 'Maximum',
  UpdateRate: 'Maximum',
};

describe('the construct has each metric of the functions as a method', () => {
  test.each(Object.values(METRICS))('%s', (name) => {
    expect(metricOf(name)?.toMetricConfig().metricStat).toMatchObject({
      namespace: 'ConnectEscalator',
      metricName: name,
      dimensions: [{ name: 'service', value: 'connect-escalator' }],
      period: Duration.minutes(5),
      statistic: STATISTICS[name] ?? 'Sum',
    });
  });

  test('and the options decide', () => {
    const metric = metricOf('Lateness', { statistic: 'p50', period: Duration.minutes(1), label: 'median' });
    expect(metric).toMatchObject({ statistic: 'p50', period: Duration.minutes(1), label: 'median' });
  });
});
