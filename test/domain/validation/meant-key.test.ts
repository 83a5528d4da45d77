import { describe, expect, test } from '@jest/globals';
import { LOAD_FIELDS } from '../../../lambda/domain/condition/condition.ts';
import { conditionSchema } from '../../../lambda/domain/condition/schema.ts';
import { policySchema } from '../../../lambda/domain/policy/schema.ts';
import { settingsSchema } from '../../../lambda/domain/settings.ts';
import { meantKey } from '../../../lambda/domain/validation/meant-key.ts';

const STEP = ['after', 'by', 'from', 'every', 'when', 'set', 'ramp'];
const SET = ['priority', 'age', 'routingCriteria', 'route'];
const POLICY = Object.keys(policySchema.def.shape);
const CONDITION = Object.keys(conditionSchema.def.shape);
const SETTINGS = Object.keys(settingsSchema.def.shape);
const CALENDAR = ['timezone', 'hours', 'except'];

describe('the key that is meant by another word', () => {
  test.each<[key: string, known: readonly string[], meant: string | undefined]>([
    ['do', STEP, 'set'],
    ['at', STEP, 'after'],
    ['if', STEP, 'when'],
    ['within', STEP, 'by'],
    ['wen', STEP, 'when'],
    ['prio', SET, 'priority'],
    ['prio', POLICY, 'precedence'],
    ['priority', POLICY, 'precedence'],
    ['if', POLICY, 'match'],
    ['enabled', POLICY, 'mode'],
    ['opening_hours', POLICY, 'during'],
    ['SLA', POLICY, 'target'],
    ['allowlower', POLICY, 'allowLower'],
    ['time-zone', CALENDAR, 'timezone'],
    ['tz', CALENDAR, 'timezone'],
    ['Holidays', CALENDAR, 'except'],
    ['if', CONDITION, 'when'],
    ['queue', CONDITION, 'queues'],
    ['size', [...LOAD_FIELDS], 'waiting'],
    ['lag', SETTINGS, 'routingLag'],
    ['toString', STEP, undefined],
    ['colour', POLICY, undefined],
  ])('%s among %j is %s', (key, known, meant) => {
    expect(meantKey(key, known)).toBe(meant);
  });

  test('depends on the value: a duration is no action', () => {
    expect(meantKey('then', STEP, JSON.parse('{"then":"30s"}'))).toBe('after');
    expect(meantKey('then', STEP, JSON.parse('{"then":{"priority":1}}'))).toBe('set');
  });

  test('is none that is there already', () => {
    expect(meantKey('do', STEP, { do: { priority: 1 }, set: { priority: 2 } })).toBeUndefined();
    expect(meantKey('steps ', POLICY, { steps: [] })).toBeUndefined();
    expect(meantKey('if', CONDITION, { if: {}, when: {} })).toBeUndefined();
  });
});
