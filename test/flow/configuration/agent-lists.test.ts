import { describe, expect, test } from '@jest/globals';
import { buildPolicies } from '../../../lambda/domain/configuration/build-policies.ts';
import { compiled, MemoryCompiler } from '../../support/compiler.ts';

const ANN = '11111111-2222-3333-4444-555555555555';
const BEN = '66666666-7777-8888-9999-000000000000';
const settings = (lists: Record<string, readonly string[]>) => JSON.stringify({ agents: lists });
const TO_SENIORS = 'steps: [{ after: 0s, set: { route: ["agents @seniors for 45s", "A:b >= 1"] } }]';
const OTHER = 'steps: [{ after: 0s, set: { priority: 1 } }]';

/** The agents in the routes of the policies in force, by policy. */
function agentsOf({ published }: MemoryCompiler) {
  if (!published?.compiled) return {};
  return Object.fromEntries(
    buildPolicies(published.compiled).policies.policies.map(({ name, steps }) => [
      name,
      JSON.stringify(steps[0]?.set.criteria ?? null).match(/(?<=")[\da-f]{8}-[\da-f-]+/g),
    ]),
  );
}

const refused = (memory: MemoryCompiler) =>
  memory.refused.map(({ parameter, problems, inForce }) => [parameter, problems[0]?.code, inForce]);

describe('a policy that names a list of agents', () => {
  test('is in force with it, and is looked at again after an edit of it', async () => {
    const memory = await compiled({ settings: settings({ seniors: [ANN] }), 'policies/a': TO_SENIORS });
    expect(agentsOf(memory)).toEqual({ a: [ANN] });
    const looks = memory.messages.length;
    memory.put('settings', settings({ seniors: [ANN, BEN] }));
    await memory.compile();
    expect(agentsOf(memory)).toEqual({ a: [ANN, BEN] });
    expect(memory.messages).toHaveLength(looks + 1);
    expect(refused(memory)).toEqual([]);
  });

  test('is invalid without it, and in force as soon as it exists', async () => {
    const memory = await compiled({ 'policies/a': TO_SENIORS });
    expect(refused(memory)).toEqual([['policies/a', 'unknown-agent-list', undefined]]);
    memory.put('settings', settings({ seniors: [BEN] }));
    await memory.compile();
    expect(agentsOf(memory)).toEqual({ a: [BEN] });
    expect(refused(memory)).toEqual([]);
  });

  test.each([
    ['is taken away', {}, 'unknown-agent-list'],
    [
      'gets longer than Connect takes',
      { seniors: Array.from({ length: 11 }, (_, at) => ANN.slice(0, -2) + (at + 10)) },
      'out-of-range',
    ],
  ])('stays in force as it was when the list %s, for a new process, too', async (_name, lists, code) => {
    const memory = await compiled({ settings: settings({ seniors: [ANN] }), 'policies/a': TO_SENIORS });
    memory.put('settings', settings(lists));
    for (const isNewProcess of [false, true]) {
      await memory.compile(isNewProcess);
      expect(agentsOf(memory)).toEqual({ a: [ANN] });
      expect(refused(memory)).toEqual([['policies/a', code, 1]]);
    }
  });

  test('has a last valid version by the lists of today, where nothing else is known', async () => {
    const memory = new MemoryCompiler();
    memory.put('settings', settings({ seniors: [ANN] }));
    memory.put('policies/a', TO_SENIORS);
    memory.put('policies/a', TO_SENIORS.replace('@seniors', '@senior'));
    await memory.compile();
    expect(agentsOf(memory)).toEqual({ a: [ANN] });
    expect(refused(memory)).toEqual([['policies/a', 'unknown-agent-list', 1]]);
  });
});

test('a list that no policy names changes nothing for contacts', async () => {
  const memory = await compiled({ settings: settings({ seniors: [ANN] }), 'policies/a': OTHER });
  expect(memory.published?.compiled?.policies[0]).not.toHaveProperty('agents');
});
