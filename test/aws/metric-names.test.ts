import { expect, test } from '@jest/globals';
import { METRICS_NAMESPACE, SERVICE } from '../../lambda/aws/metric-names.ts';

/** Those who have dashboards and alarms of their own find the metrics by them. */
test('metrics are under the names that they were published by', () => {
  expect([METRICS_NAMESPACE, SERVICE]).toEqual(['ConnectEscalator', 'connect-escalator']);
});
