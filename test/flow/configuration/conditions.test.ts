import { describe, expect, test } from '@jest/globals';
import { compiled } from '../../support/compiler.ts';

const BUSY = 'when: { waiting: [{ numeric: [">", 5] }] }';
const ON_BUSY = 'match: { signals: [busy] }\nsteps: [{ after: 0s, set: { priority: 1 } }]';
const OFFICE = 'timezone: UTC\nhours: ["Mon-Fri 09:00-18:00"]';

describe('a condition', () => {
  test('is in force beside a calendar of its name, and polled while a policy names it', async () => {
    const memory = await compiled({
      'calendars/busy': OFFICE,
      'conditions/busy': BUSY,
      'policies/a': ON_BUSY,
    });
    expect(memory.refused).toStrictEqual([]);
    expect(memory.published?.compiled).toMatchObject({
      calendars: [{ name: 'busy', source: { timezone: 'UTC' } }],
      conditions: [{ name: 'busy', source: { when: { waiting: [{ numeric: ['>', 5] }] } } }],
      usesConditions: true,
    });
    memory.delete('policies/a');
    await memory.compile();
    expect(memory.published?.compiled).not.toHaveProperty('usesConditions');
  });

  test('that becomes invalid is refused, and stays in force as it was', async () => {
    const memory = await compiled({ 'conditions/busy': BUSY, 'policies/a': ON_BUSY });
    memory.put('conditions/busy', 'whenever: {}');
    await memory.compile();
    expect(memory.refused.map(({ parameter, inForce }) => [parameter, inForce])).toStrictEqual([
      ['conditions/busy', 1],
    ]);
    expect(memory.published?.compiled?.conditions).toMatchObject([{ name: 'busy', version: 1 }]);
  });

  test('is no calendar, although a calendar of the same text was judged before', async () => {
    const memory = await compiled({ 'calendars/a': OFFICE, 'calendars/b': BUSY, 'conditions/b': OFFICE });
    expect(memory.refused.map(({ parameter }) => parameter)).toStrictEqual(['calendars/b', 'conditions/b']);
  });
});
