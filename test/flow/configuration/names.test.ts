import { describe, expect, test } from '@jest/globals';
import { compiled } from '../../support/compiler.ts';

const POLICY = 'steps: [{ after: 0s, set: { priority: 1 } }]';

describe('a parameter whose name differs from a known one', () => {
  test.each(['Pause', 'PAUSE', 'pause/reason'])('%s pauses, too, and is reported', async (name) => {
    const memory = await compiled({ [name]: 'stop' });
    expect(memory.stopped).toBe('paused');
    expect(memory.refused).toMatchObject([{ parameter: name, problems: [{ code: 'unknown-parameter' }] }]);
    memory.delete(name);
    await memory.compile();
    expect(memory.stopped).toBeUndefined();
    expect(memory.refused).toEqual([]);
  });

  test.each([
    ['Settings', 'settings'],
    ['setings', 'settings'],
    ['settings.yaml', 'settings'],
    ['settings/main', 'settings'],
    ['paused', 'pause'],
    ['policy/gold', 'policies/'],
    ['Policies/gold', 'policies/'],
    ['policies', 'policies/'],
    ['calendar/office', 'calendars/'],
    ['condition/busy', 'conditions/'],
    ['setting', 'settings'],
  ])('%s is refused, and the problem names %s', async (name, known) => {
    const memory = await compiled({ [name]: POLICY, 'policies/a': POLICY });
    const [refusal, ...others] = memory.refused;
    expect(others).toEqual([]);
    expect(refusal).toMatchObject({ parameter: name, problems: [{ code: 'unknown-parameter' }] });
    expect(refusal?.problems[0]?.message).toContain(`"${known}`);
    expect(memory.published?.compiled?.policies.map((policy) => policy.name)).toEqual(['a']);
  });

  test('is refused since it was first seen, each since its own time', async () => {
    const memory = await compiled({ setings: 'x' });
    const first = memory.now;
    memory.now += 60_000;
    memory.put('policy/gold', POLICY);
    for (const _again of ['first', 'second']) {
      await memory.compile();
      expect(memory.refused.map(({ parameter, since }) => [parameter, since])).toEqual([
        ['policy/gold', first + 60_000],
        ['setings', first],
      ]);
      memory.now += 60_000;
    }
  });

  test('what has nothing in common with a known name belongs to somebody else', async () => {
    expect((await compiled({ 'database/password': 'x' })).refused).toEqual([]);
  });

  test.each(['policies/team/gold', 'policies/Gold', 'policies/gold.yaml', 'policies/a_b'])(
    '%s is no name of a policy',
    async (name) => {
      const memory = await compiled({ [name]: POLICY });
      expect(memory.refused).toMatchObject([{ parameter: name }]);
      expect(memory.published?.compiled?.policies).toEqual([]);
    },
  );
});
