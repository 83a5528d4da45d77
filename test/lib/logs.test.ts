import { expect, test } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { LogSettings } from '../../lib/index.ts';
import { ownFunctions, synthesize } from './synthesize.ts';

/** What the five log groups have in common, and the level of their functions. */
function logsOf(template: Template): unknown[] {
  const groups = Object.values(template.findResources('AWS::Logs::LogGroup')).map(
    ({ Properties, DeletionPolicy }) => `${Properties.RetentionInDays} ${DeletionPolicy}`,
  );
  const levels = Object.values(ownFunctions(template)).map(
    ({ Properties }) => Properties.Environment.Variables.POWERTOOLS_LOG_LEVEL,
  );
  expect([groups.length, levels.length]).toEqual([5, 5]);
  return [...new Set([...groups, ...levels])];
}

test.each<{ name: string; logs: LogSettings | undefined; found: string[] }>([
  { name: 'by default', logs: undefined, found: ['30 Delete', 'INFO'] },
  {
    name: 'with a setting each',
    logs: { retention: RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN, level: 'WARN' },
    found: ['365 Retain', 'WARN'],
  },
  { name: 'with one setting', logs: { level: 'DEBUG' }, found: ['30 Delete', 'DEBUG'] },
])('the log groups, $name', ({ logs, found }) => {
  expect(logsOf(synthesize({ logs }).template)).toEqual(found);
});

test.each([
  ['INFO', { LogFormat: 'JSON', ApplicationLogLevel: 'INFO', SystemLogLevel: 'WARN' }],
  ['DEBUG', { LogFormat: 'JSON', ApplicationLogLevel: 'DEBUG', SystemLogLevel: 'WARN' }],
  // Lambda would drop the metrics, which have no level.
  ['WARN', {}],
  ['ERROR', {}],
] as const)(
  'at level %s Lambda writes no lines about invocations that ended well, unless it would drop metrics',
  (level, expected) => {
    const functions = Object.values(ownFunctions(synthesize({ logs: { level } }).template));
    expect(functions).toHaveLength(5);
    for (const { Properties } of functions) {
      const { LogGroup: _logGroup, ...logging } = Properties.LoggingConfig;
      expect(logging).toEqual(expected);
    }
  },
);
