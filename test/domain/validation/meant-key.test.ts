import { describe, expect, test } from '@jest/globals';
import { LOAD_FIELDS } from '../../../lambda/domain/condition/condition.ts';
import { conditionSchema } from '../../../lambda/domain/condition/schema.ts';
import { policySchema } from '../../../lambda/domain/policy/schema.ts';
import { settingsSchema } from '../../../lambda/domain/settings.ts';
import { meantKey } from '../../../lambda/domain/validation/meant-key.ts';

const STEP = ['after', 'by', 'from', 'every', 'when', 'set', 'ramp'];
const SET = ['priority', 'age', 'routingCriteria', 'route'];
const POLICY = Object.keys(policySchema.members);
const CONDITION = Object.keys(conditionSchema.members);
const SETTINGS = Object.keys(settingsSchema.members);
const CALENDAR = ['timezone', 'hours', 'except'];

const LOAD = [...LOAD_FIELDS];

/** For each place, the words that people write there, by the key that they mean. */
const MEANT: readonly [place: string, known: readonly string[], words: Readonly<Record<string, string>>][] = [
  [
    'a step',
    STEP,
    {
      after: 'at wait waited waiting delay time minutes seconds',
      by: 'within before deadline',
      from: 'start',
      every: 'interval repeat',
      when: 'if where condition conditions filter begin wen',
      set: 'priority age route routingCriteria routing_criteria then do action actions apply change',
    },
  ],
  [
    'what a step sets',
    SET,
    {
      priority: 'prio Prio',
      age: 'boost',
      route: 'agents skills routing criteria',
    },
  ],
  ['a ramp', ['priority', 'age'], { priority: 'prio', age: 'boost' }],
  ['a ramp of the priority', ['from', 'to'], { from: 'start' }],
  ['a ramp of the age', ['add', 'upTo'], { add: 'increment step', upTo: 'until to cap max limit upto' }],
  [
    'a policy',
    POLICY,
    {
      description: 'comment note title',
      precedence: 'prio priority order rank weight',
      mode: 'enabled disabled active state status dryRun dry-run',
      rollout: 'percent percentage',
      match: 'if where condition conditions filter when criteria pattern',
      during: 'schedule calendar hours businessHours opening_hours',
      clock: 'measure',
      target: 'within deadline SLA goal',
      allowLower: 'allowlower',
      accept: 'ignore suppress',
      steps: 'after by set from every age route routingCriteria rules stages ramp step',
    },
  ],
  ['a clock', ['from', 'in'], { from: 'start', in: 'schedule calendar hours' }],
  [
    'hours',
    CALENDAR,
    {
      timezone: 'zone tz time-zone',
      hours: 'time schedule businessHours openingHours days open opening times',
      except: 'Holidays exceptions closed dates',
    },
  ],
  [
    'a condition',
    CONDITION,
    {
      description: 'comment note title',
      queues: 'queue',
      when: 'if where condition conditions filter begin',
      until: 'unless end stop',
    },
  ],
  [
    'the load of a queue',
    LOAD,
    {
      waiting: 'contacts contactsInQueue size length Waiting',
      oldestSeconds: 'oldest oldestContactAge',
      agentsStaffed: 'staffed',
      agentsAvailable: 'available',
    },
  ],
  [
    'the settings',
    SETTINGS,
    {
      updateRate: 'rate',
      updateBurst: 'burst',
      updateShare: 'share',
      routingLag: 'lag',
      pause: 'stopped',
      agents: 'lists',
    },
  ],
];

describe.each(MEANT)('the key of %s that is meant', (_place, known, words) => {
  test.each(
    Object.entries(words).flatMap(([key, written]) => written.split(' ').map((word) => [word, key] as const)),
  )('by %s is %s', (word, key) => {
    expect(meantKey(word, known)).toBe(key);
  });
});

describe('the key that is meant by another word', () => {
  test.each([
    ['toString', STEP],
    ['colour', POLICY],
    ['from', CONDITION],
  ])('is none for %s', (key, known) => {
    expect(meantKey(key, known)).toBeUndefined();
  });

  test('depends on the value: a duration is no action', () => {
    expect(meantKey('then', STEP, JSON.parse('{"then":"30s"}'))).toBe('after');
    expect(meantKey('then', STEP, JSON.parse('{"then":{"priority":1}}'))).toBe('set');
  });

  test('is none that is there already', () => {
    expect(meantKey('do', STEP, { do: { priority: 1 }, set: { priority: 2 } })).toBeUndefined();
    expect(meantKey('steps ', POLICY, { steps: [] })).toBeUndefined();
    expect(meantKey('if', CONDITION, { if: {}, when: {} })).toBeUndefined();
    expect(meantKey('hours', POLICY, { hours: [], during: 'support' })).toBeUndefined();
    expect(meantKey('do', STEP, { do: {}, set: {} })).toBeUndefined();
    expect(meantKey('then', STEP, 'then')).toBe('set');
  });
});
