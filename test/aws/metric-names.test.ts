import { expect, test } from '@jest/globals';
import { METRICS_NAMESPACE, SERVICE } from '../../lambda/aws/metric-names.ts';

/** Dashboards and alarms of users refer to them. */
test('metrics keep the names under which they are published', () => {
  expect([METRICS_NAMESPACE, SERVICE]).toEqual(['ConnectEscalator', 'connect-escalator']);
});
