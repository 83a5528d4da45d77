import { describe, expect, test } from '@jest/globals';
import { alarmStates } from './support/alarm-states.ts';
import { evaluate, type Series } from './support/metric-math.ts';
import { findResource, INSTANCE, nameOf, OTHER_INSTANCE, synthesize } from './synthesize.ts';

const { template } = synthesize({ instanceArns: [INSTANCE, OTHER_INSTANCE] });
const alarm = (id: string) => findResource(template, `EscalatorAlarms${id}`).Properties;

const times = <T>(count: number, value: T): T[] => Array(count).fill(value);
const none = (count: number): Series => times(count, undefined);

/** What CloudWatch does with a metric without any data is not documented: both must do. */
const BOTH = [{ fillsEmpty: true }, { fillsEmpty: false }];

describe.each(BOTH)('metric math as documented, $fillsEmpty', (semantics) => {
  test.each([
    { expression: 'IF(a, 5, c)', expected: [5, 5, 20, undefined, undefined] },
    { expression: 'RUNNING_SUM(a)', expected: [1, 2, 2, 2, undefined] },
    { expression: 'FILL(c, 7)', expected: [0, 0, 20, 7, 20] },
    { expression: 'c > 10 * a', expected: [0, 0, 1, 0, 1] },
    { expression: 'MAX([a, c])', expected: [1, 1, 20, 0, 20] },
  ])('$expression', ({ expression, expected }) => {
    const series = { a: [1, 1, 0, 0, undefined], c: [0, 0, 20, undefined, 20] };
    expect(evaluate(expression, series, semantics)).toEqual(expected);
  });
});

describe.each(BOTH)('SweepMissing, $fillsEmpty', (semantics) => {
  const states = (...sweeps: Series[]) =>
    alarmStates(alarm('SweepMissing'), { sweeps: sweeps.flat() }, semantics);

  test('does not ring at the first deployment, before the first sweep', () => {
    const seen = states(none(30), times(30, 1));
    expect(seen).not.toContain('ALARM');
    expect(seen.at(-1)).toBe('OK');
  });

  test('rings after five minutes without a sweep', () => {
    const seen = states(times(30, 1), none(10));
    expect(seen.slice(30, 34)).toEqual(times(4, 'OK'));
    expect(seen[34]).toBe('ALARM');
  });

  test('rings for as long as no sweep comes, and ends after sweeps have come again', () => {
    const seen = states(times(30, 1), none(600), times(30, 1));
    expect(new Set(seen.slice(34, 630))).toEqual(new Set(['ALARM']));
    expect(seen.at(-1)).toBe('OK');
  });

  test('does not ring for a minute whose metric comes late or never', () => {
    const seen = states(times(30, 1), none(1), times(20, 1), none(2), times(20, 1));
    expect(seen).not.toContain('ALARM');
  });
});

describe.each(BOTH)('ContactEventsMissing, $fillsEmpty', (semantics) => {
  const hours = (series: Partial<Record<string, Series>>) => {
    const length = Math.max(...Object.values(series).map((values = []) => values.length));
    const absent = { sweeps: none(length), events: none(length), calls0: none(length), calls1: none(length) };
    const chats = { chats0: none(length), chats1: none(length) };
    const defined = series as Record<string, Series>;
    return alarmStates(alarm('ContactEventsMissing'), { ...absent, ...chats, ...defined }, semantics);
  };
  const running = { sweeps: times(6, 60) };

  test('rings after an hour with contacts and without events', () => {
    const calls = times(6, 300);
    expect(hours({ ...running, calls0: calls, events: [1200, 1200, 1200] }).slice(2)).toEqual([
      'OK',
      'ALARM',
      'ALARM',
      'ALARM',
    ]);
  });

  test('rings where no event has ever come', () => {
    expect(hours({ ...running, calls0: times(6, 300) }).at(-1)).toBe('ALARM');
    expect(hours({ ...running, chats1: times(6, 300) }).at(-1)).toBe('ALARM');
  });

  test('rings where hardly any event comes, as when the events of one instance are missing', () => {
    expect(
      hours({ ...running, calls0: times(6, 300), calls1: times(6, 5), events: times(6, 20) }).at(-1),
    ).toBe('ALARM');
  });

  test.each([
    { name: 'while events come', series: { calls0: times(6, 300), events: times(6, 300) } },
    { name: 'while the contact centre is closed', series: { events: [1200, 1200, 5] } },
    { name: 'while hardly anybody calls', series: { calls0: times(6, 3) } },
    { name: 'while Connect reports zeros', series: { calls0: times(6, 0), chats0: times(6, 0) } },
  ])('does not ring $name', ({ series }) => {
    expect(hours({ ...running, ...series })).not.toContain('ALARM');
  });

  test('does not ring in the hour of the first deployment, in which calls were made before', () => {
    const sweeps = [undefined, undefined, 20, 60, 60, 60];
    const events = [undefined, undefined, 10, 1200, 1200, 1200];
    expect(hours({ sweeps, events, calls0: times(6, 300) })).not.toContain('ALARM');
  });
});

interface TemplateMetric {
  readonly Id: string;
  readonly MetricStat?: {
    readonly Metric: Record<'Namespace' | 'MetricName', string> & { Dimensions: { Value: unknown }[] };
    readonly Period: number;
    readonly Stat: string;
  };
}

describe('the metrics of silence', () => {
  const metricsOf = (id: string) =>
    (alarm(id).Metrics as TemplateMetric[]).flatMap(({ Id, MetricStat }) => {
      if (!MetricStat) return [];
      const { Metric, Period, Stat } = MetricStat;
      const dimensions = Metric.Dimensions.map(({ Value }) => nameOf(Value)).join(' ');
      return [[Id, `${Metric.Namespace} ${Metric.MetricName} ${Stat} over ${Period}`, dimensions]];
    });

  test('of the sweeps', () => {
    expect(metricsOf('SweepMissing')).toEqual([
      ['sweeps', 'ConnectEscalator WaitingContacts SampleCount over 60', 'connect-escalator'],
    ]);
  });

  test('of the contact events and of what Connect counts, within the ten metrics of an alarm', () => {
    const [id, other] = [INSTANCE, OTHER_INSTANCE].map((arn) => arn.split('/')[1]);
    expect(metricsOf('ContactEventsMissing').sort()).toEqual([
      ['calls0', 'AWS/Connect CallsPerInterval Sum over 3600', `${id} VoiceCalls`],
      ['calls1', 'AWS/Connect CallsPerInterval Sum over 3600', `${other} VoiceCalls`],
      ['chats0', 'AWS/Connect SuccessfulChatsPerInterval Sum over 3600', `${id} Chats`],
      ['chats1', 'AWS/Connect SuccessfulChatsPerInterval Sum over 3600', `${other} Chats`],
      ['events', 'AWS/Lambda Invocations Sum over 3600', 'EscalatorContactEventsFunction'],
      ['sweeps', 'ConnectEscalator WaitingContacts SampleCount over 3600', 'connect-escalator'],
    ]);
  });

  test('of many instances: the calls of the first eight', () => {
    const arns = Array.from({ length: 12 }, (_, index) => INSTANCE.replace(/.{2}$/, String(index + 10)));
    const many = synthesize({ instanceArns: arns }).template;
    const { Metrics } = findResource(many, 'EscalatorAlarmsContactEventsMissing').Properties;
    const ids = (Metrics as TemplateMetric[]).flatMap(({ Id, MetricStat }) => (MetricStat ? [Id] : []));
    expect(ids.sort()).toEqual([
      ...Array.from({ length: 8 }, (_, index) => `calls${index}`),
      'events',
      'sweeps',
    ]);
  });
});

describe('the alarm on a stuck dispatch', () => {
  const states = (...stuckSeconds: Series) => alarmStates(alarm('DispatchStuck'), { metric: stuckSeconds });

  test('rings two minutes after the last call, while changes are due', () => {
    expect(states(0, 60, 119, 120, 180)).toEqual(['OK', 'OK', 'OK', 'ALARM', 'ALARM']);
  });

  test('does not ring while paused, when nothing is measured', () => {
    expect(states(...none(5))).toEqual(times(5, 'OK'));
  });
});
