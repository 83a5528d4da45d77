import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { METRICS } from '../../lambda/aws/metric-names.ts';
import { ConfigError, ConnectEscalator } from '../../lib/index.ts';
import { findResource, INSTANCE, nameOf, synthesize, testApp } from './synthesize.ts';

const DASHBOARD = 'AWS::CloudWatch::Dashboard';

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly query?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly unknown[])[];
  };
}

const { template } = synthesize();
const resources: Record<string, { Type: string }> = template.toJSON().Resources;

/** The body of the dashboard, with names in the place of references. */
function body(of = template): { start: string; widgets: Widget[] } {
  const [dashboard] = Object.values(of.findResources(DASHBOARD));
  const parts: unknown[] = dashboard?.Properties.DashboardBody['Fn::Join'][1];
  return JSON.parse(parts.map((part) => (typeof part === 'string' ? part : placeholder(part))).join(''));
}

/** `{ Ref: X }` and `X.Arn` as the logical id, so that a test can look it up. */
function placeholder(part: unknown): string {
  const { Ref, 'Fn::GetAtt': attribute } = part as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  return Ref ?? attribute?.[0] ?? '';
}

const widgets = body().widgets;
const titled = (title: string) => widgets.find(({ properties }) => properties.title === title);

/** Namespace, name, and dimensions of each metric of a widget; CDK repeats nothing with dots here. */
function metricsOf({ properties }: Widget): { namespace: string; name: string; dimensions: string[] }[] {
  return (properties.metrics ?? []).flatMap((row) => {
    const texts = row.filter((cell) => typeof cell === 'string');
    if (texts.length === 0) return [];
    const [namespace = '', name = '', ...dimensions] = texts;
    return [{ namespace, name, dimensions }];
  });
}

/** The metrics of AWS that widgets may name: their dimension, and the type of resource that it names. */
const AWS_METRICS: Record<string, { dimension: string; type: string; names: string[] }> = {
  'AWS/Lambda': {
    dimension: 'FunctionName',
    type: 'AWS::Lambda::Function',
    names: ['Invocations', 'Errors', 'Throttles', 'AsyncEventAge'],
  },
  'AWS/SQS': {
    dimension: 'QueueName',
    type: 'AWS::SQS::Queue',
    names: ['ApproximateAgeOfOldestMessage', 'ApproximateNumberOfMessagesVisible'],
  },
};

describe('each metric of the dashboard is one that is published', () => {
  const all = widgets.flatMap(metricsOf);
  const own = all.filter(({ namespace }) => namespace === 'ConnectEscalator');
  const others = all.filter(({ namespace }) => namespace !== 'ConnectEscalator');

  test('those of the functions', () => {
    const published: readonly string[] = Object.values(METRICS);
    expect(own.length).toBeGreaterThan(15);
    expect(own.filter(({ name }) => !published.includes(name))).toEqual([]);
    expect(new Set(own.map(({ dimensions }) => dimensions.join('=')))).toEqual(
      new Set(['service=connect-escalator']),
    );
  });

  test.each(others)('$namespace $name of $dimensions', ({ namespace, name, dimensions }) => {
    const known = AWS_METRICS[namespace];
    const [dimension, value = ''] = dimensions;
    expect(known?.names).toContain(name);
    expect(dimension).toBe(known?.dimension);
    expect(resources[value]?.Type).toBe(known?.type);
  });
});

describe('each query', () => {
  const queries = widgets.filter(({ type }) => type === 'log');

  const sources = queries.map(({ properties: { title, query = '' } }) => ({
    title,
    ids: [...query.matchAll(/SOURCE '([^']*)'/g)].map(([, id = '']) => id),
  }));

  test.each(sources)('$title reads log groups of the stack', ({ ids }) => {
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.map((id) => resources[id]?.Type)).toEqual(ids.map(() => 'AWS::Logs::LogGroup'));
  });

  test('the messages that the query of the configuration selects are those of the log', () => {
    const telemetry = readFileSync('lambda/aws/telemetry.ts', 'utf8');
    const query = titled('Published and refused')?.properties.query ?? '';
    const messages = [...query.matchAll(/"([^"]+)"/g)].map(([, message = '']) => message);
    expect(messages.length).toBe(2);
    expect(messages.filter((message) => !telemetry.includes(`'${message}'`))).toEqual([]);
  });
});

describe('the dashboard', () => {
  test('shows each alarm once, by severity', () => {
    const shown = ['Callers are affected', 'Look today'].map(
      (title) => titled(title)?.properties.alarms ?? [],
    );
    const alarms = Object.keys(template.findResources('AWS::CloudWatch::Alarm'));
    expect(shown.flat().sort()).toEqual(alarms.sort());
    for (const [title, ids] of [
      ['Callers are affected', shown[0]],
      ['Look today', shown[1]],
    ] as const) {
      const texts = (ids ?? []).map((id) => findResource(template, nameOf(id)).Properties.AlarmDescription);
      expect(texts.filter((text) => !text.startsWith(`${title}. `))).toEqual([]);
    }
  });

  test('has a widget for each thing that an operator asks for', () => {
    expect(widgets.flatMap(({ properties }) => properties.title ?? [])).toEqual([
      'Callers are affected',
      'Look today',
      'Waiting and pending',
      'Calls a minute, against the quota',
      'Lateness of changes',
      'Lateness by priority',
      'Contacts that each policy governed',
      'Changes of each policy',
      'Contact events',
      'Age of the oldest message',
      'What the sweep found',
      'Throttles',
      'Failures',
      'Dead letters',
      'Configuration',
      'Published and refused',
    ]);
  });

  test('fills its 24 columns without overlaps', () => {
    const cells = widgets.flatMap(({ x, y, width, height }) =>
      Array.from(
        { length: width * height },
        (_, cell) => `${x + (cell % width)},${y + Math.floor(cell / width)}`,
      ),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(cells.length % 24).toBe(0);
    expect(Math.max(...widgets.map(({ x, width }) => x + width))).toBe(24);
  });

  test('shows three hours unless the property says otherwise, and links to the runbook of the alarms', () => {
    const runbookUrl = 'https://wiki.example.com/escalator';
    expect(body().start).toBe('-PT3H');
    const given = synthesize({
      alarms: { runbookUrl },
      dashboard: { interval: Duration.hours(12), name: 'on-call' },
    });
    expect(body(given.template).start).toBe('-PT12H');
    expect(body(given.template).widgets[0]?.properties.markdown).toContain(`(${runbookUrl})`);
    given.template.hasResourceProperties(DASHBOARD, { DashboardName: 'on-call' });
  });

  test('shows no alarms where there are none', () => {
    const { widgets: shown } = body(synthesize({ alarms: false }).template);
    expect(shown.filter(({ type }) => type === 'alarm')).toEqual([]);
    expect(shown.length).toBe(widgets.length - 2);
  });

  test('is a member of the construct, or absent', () => {
    const construct = (dashboard?: false) =>
      new ConnectEscalator(new Stack(testApp(), 'UserStack'), 'Escalator', {
        instanceArns: [INSTANCE],
        dashboard,
      });
    expect(construct().dashboard?.node.path).toBe('UserStack/Escalator/Dashboard');
    expect(construct(false).dashboard).toBeUndefined();
    expect(synthesize({ dashboard: false }).template.findResources(DASHBOARD)).toEqual({});
  });

  test('refuses a name that CloudWatch does not take', () => {
    expect(() => synthesize({ dashboard: { name: 'on call' } })).toThrow(
      new ConfigError(
        'dashboard.name "on call" is not a name of a dashboard: letters, digits, - and _, at most 255. ' +
          'Pass for example connect-escalator',
      ),
    );
  });
});
