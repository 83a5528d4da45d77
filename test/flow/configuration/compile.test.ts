import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CONFIGURATION_PROPAGATION_SECONDS } from '../../../lambda/domain/deployment-constants.ts';
import type { Parameter } from '../../../lambda/flow/configuration/ports.ts';
import { publishConfiguration } from '../../../lambda/flow/configuration/publish.ts';
import { compiled, MemoryCompiler } from '../../support/compiler.ts';

const STEPS = 'steps: [{ after: 0s, set: { priority: 1 } }]';

test('of a SecureString nothing is read: as pause it pauses, and as a policy it is refused', async () => {
  const memory = new MemoryCompiler();
  const { ports } = memory;
  const encrypted = (name: string, text: string): Parameter => ({
    name,
    text,
    version: 1,
    isEncrypted: true,
  });
  const read = async () => [encrypted('pause', 'AQICAHj'), encrypted('policies/a', STEPS)];
  await publishConfiguration({ ...ports, parameters: { ...ports.parameters, read } });
  expect(memory.stopped).toBe('paused');
  expect(memory.published?.pause?.value).toBe('a SecureString, whose text is encrypted');
  expect(memory.refused).toMatchObject([{ parameter: 'policies/a', problems: [{ code: 'encrypted' }] }]);
});

describe('the kill switch never fails open', () => {
  const failing = () => {
    throw new Error('QueueDoesNotExist');
  };

  test.each([
    ['the parameter pause', 'pause', ''],
    ['settings', 'settings', 'pause: true'],
  ])('%s stops the calls although nothing else can be published', async (_, name, text) => {
    const memory = await compiled({ 'policies/a': STEPS });
    memory.beforeSend = failing;
    memory.put('policies/a', `rollout: 50\n${STEPS}`);
    memory.put(name, text);
    await expect(memory.compile()).rejects.toThrow('QueueDoesNotExist');
    expect(memory.stopped).toBe('paused');
    await expect(memory.compile(true)).rejects.toThrow('QueueDoesNotExist');
    expect(memory.stopped).toBe('paused');
  });

  test('the calls are stopped before the histories of invalid policies are read', async () => {
    const memory = await compiled({ 'policies/a': STEPS });
    memory.put('policies/a', 'stepz: []', '{');
    memory.put('pause', '');
    const { ports } = memory;
    const seen: unknown[] = [];
    const history = async () => {
      seen.push(memory.stopped);
      return [];
    };
    await publishConfiguration({ ...ports, parameters: { ...ports.parameters, history } });
    expect(seen).toEqual(['paused']);
    expect(memory.policies).toEqual(['a']);
  });

  test('a pause that was published by itself ends as soon as its parameter is gone', async () => {
    const memory = await compiled({ 'policies/a': STEPS });
    memory.beforeSend = failing;
    memory.put('pause', '');
    await expect(memory.compile()).rejects.toThrow('QueueDoesNotExist');
    expect(memory.stopped).toBe('paused');
    memory.delete('pause');
    await expect(memory.compile()).rejects.toThrow('QueueDoesNotExist');
    expect(memory.stopped).toBeUndefined();
  });

  test('a typo beside `pause: true` leaves the pause in force, also for a process that was just started', async () => {
    const memory = await compiled({ settings: 'pause: true' });
    memory.put('settings', 'pause: true\nupdateRat: 10');
    await memory.compile(true);
    expect(memory.stopped).toBe('paused');
    expect(memory.refused).toMatchObject([{ parameter: 'settings', version: 2, inForce: 1 }]);
  });

  test('a typo beside `pause: true` that came before anybody had compiled the pause is found in the history', async () => {
    const memory = await compiled({ settings: 'updateRate: 7' });
    memory.put('settings', 'pause: true', 'pause: true\nupdateRat: 10');
    await memory.compile();
    expect(memory.stopped).toBe('paused');
    expect(memory.refused).toMatchObject([{ version: 3, inForce: 2 }]);
  });

  test('a typo beside `pause: true` in settings that were deleted and created again is found, too', async () => {
    const memory = await compiled({ settings: 'updateRate: 7' });
    memory.delete('settings');
    memory.put('settings', 'pause: true', 'pause: true\nupdateRat: 1');
    await memory.compile();
    expect(memory.stopped).toBe('paused');
    expect(memory.refused).toMatchObject([{ version: 2, inForce: 1 }]);
  });

  test.each([
    ['the last valid one is in force', 'updateRate: 8', 8],
    ['the one before them stays in force, as none of them is valid', 'updateRat: 8', 7],
  ])(
    'where versions in between cannot be read, one may say `pause: true`: nothing is called until they can, and then %s',
    async (_name, between, updateRate) => {
      const memory = await compiled({ settings: 'updateRate: 7' });
      memory.put('settings', between, 'updateRat: 9');
      memory.isHistoryReadable = false;
      await memory.compile();
      expect(memory.stopped).toBe('settings-unknown');
      expect(memory.settings.updateRate).toBe(7);
      memory.isHistoryReadable = true;
      await memory.compile();
      expect(memory.stopped).toBeUndefined();
      expect(memory.settings.updateRate).toBe(updateRate);
    },
  );

  test.each(['', '{', 'false', 'pause: false', '\u0000', '1e400', '[[[['])(
    'while the parameter pause exists nothing is called, although it holds %j',
    async (text) => {
      const memory = await compiled({ settings: 'pause: false', pause: text });
      expect(memory.stopped).toBe('paused');
      memory.put('settings', 'updateRate: 10');
      await memory.compile();
      expect(memory.stopped).toBe('paused');
      memory.delete('settings');
      await memory.compile();
      expect(memory.stopped).toBe('paused');
      memory.delete('pause');
      await memory.compile();
      expect(memory.stopped).toBeUndefined();
    },
  );

  test('a pause is obeyed while the set is damaged and the history of a policy cannot be read', async () => {
    const memory = await compiled({ 'policies/gold': STEPS });
    const { compiled: _damaged, ...version } = memory.published ?? {
      revision: 0,
      decisions: { revision: 0, id: '' },
    };
    memory.published = version;
    memory.put('policies/gold', 'stepz: []');
    memory.put('pause', 'x');
    memory.isHistoryReadable = false;
    await expect(memory.compile()).rejects.toMatchObject({ name: 'HistoryUnreadableError' });
    expect(memory.stopped).toBe('paused');
    const { revision } = memory.published;
    await expect(memory.compile()).rejects.toMatchObject({ name: 'HistoryUnreadableError' });
    expect(memory.published.revision).toBe(revision);
  });

  test('any text in the parameter pause pauses', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.json()), async (text) => {
        expect((await compiled({ pause: text })).stopped).toBe('paused');
      }),
    );
  });

  test.each([
    { versions: ['pause: true'], name: 'a valid pause' },
    { versions: ['pause: true', 'pause: true\nupdateRat: 1'], name: 'a pause that became invalid' },
    { versions: ['pause: on'], name: 'settings of which no valid version is known' },
  ])('deleting the settings after $name does not resume; only a valid text does', async ({ versions }) => {
    const memory = new MemoryCompiler();
    for (const text of versions) {
      memory.put('settings', text);
      await memory.compile();
    }
    memory.delete('settings');
    await memory.compile();
    expect(memory.stopped).toBe('paused');
    memory.put('settings', 'pause: off');
    await memory.compile();
    expect(memory.stopped).toBe('paused');
    memory.put('settings', 'updateRate: 10');
    await memory.compile();
    expect(memory.stopped).toBeUndefined();
  });

  test('deleting settings that do not pause brings the defaults back', async () => {
    const memory = await compiled({ settings: 'updateRate: 7' });
    memory.delete('settings');
    await memory.compile();
    expect(memory.stopped).toBeUndefined();
    expect(memory.settings.updateRate).toBe(20);
  });

  test('where no valid version of the settings is known, policies decide and nothing is called', async () => {
    const memory = await compiled({ settings: 'updateRat: 7', 'policies/a': STEPS });
    expect(memory.stopped).toBe('settings-unknown');
    expect(memory.policies).toEqual(['a']);
  });

  test('a first text of the settings that is invalid calls nothing: it may be a pause with a typo', async () => {
    const memory = await compiled({ 'policies/a': STEPS });
    expect(memory.stopped).toBeUndefined();
    memory.put('settings', 'pause: on');
    await memory.compile();
    expect(memory.stopped).toBe('settings-unknown');
  });

  test('a damaged set does not lose the pause of settings that were deleted', async () => {
    const memory = await compiled({ settings: 'pause: true' });
    memory.delete('settings');
    const { compiled: _damaged, ...version } = memory.published ?? {
      revision: 0,
      decisions: { revision: 0, id: '' },
    };
    memory.published = version;
    await memory.compile();
    expect(memory.stopped).toBe('paused');
  });

  test('a damaged set and settings that became invalid leave the settings as they are', async () => {
    const memory = await compiled({ settings: 'updateRate: 7' });
    memory.put('settings', 'updateRat: 8');
    const { compiled: _damaged, ...version } = memory.published ?? {
      revision: 0,
      decisions: { revision: 0, id: '' },
    };
    memory.published = version;
    await memory.compile();
    expect(memory.settings.updateRate).toBe(7);
    expect(memory.stopped).toBeUndefined();
  });

  test.each([
    ['deleted', undefined],
    ['made valid by nobody', 'updateRat: 10'],
  ])(
    'settings whose history could not be read, and that are %s, remain unknown or say what they say',
    async (_how, text) => {
      const memory = await compiled({ settings: 'updateRate: 7' });
      memory.put('settings', 'updateRat: 8', 'updateRat: 9');
      memory.isHistoryReadable = false;
      await memory.compile();
      expect(memory.stopped).toBe('settings-unknown');
      memory.isHistoryReadable = true;
      if (text === undefined) memory.delete('settings');
      else memory.put('settings', text);
      await memory.compile();
      expect(memory.stopped).toBe(text === undefined ? 'paused' : undefined);
    },
  );

  test('settings in force that SSM has forgotten meanwhile count again once the history shows no other', async () => {
    const memory = await compiled({ settings: 'updateRate: 7' });
    memory.put('settings', 'updateRat: 8', 'updateRat: 9');
    memory.isHistoryReadable = false;
    await memory.compile();
    expect(memory.stopped).toBe('settings-unknown');
    const { ports } = memory;
    const history = async () => [{ text: 'updateRat: 8', version: 2 }];
    await publishConfiguration({ ...ports, parameters: { ...ports.parameters, history } });
    expect([memory.stopped, memory.settings.updateRate]).toEqual([undefined, 7]);
  });

  test('settings of which no version is known, and no history, are none; policies are judged by the defaults', async () => {
    const memory = new MemoryCompiler();
    memory.put('settings', 'updateRat: 1');
    memory.put(
      'policies/a',
      'steps: [{ after: 30s, set: { priority: 3 } }, { by: 20m, set: { priority: 1 } }]',
    );
    await memory.compile();
    expect(memory.published?.settings).toBeUndefined();
    memory.put('settings', 'updateRat: 2');
    memory.isHistoryReadable = false;
    await memory.compile();
    expect(memory.published?.settings).toBeUndefined();
    expect(memory.stopped).toBe('settings-unknown');
    expect(memory.policies).toEqual(['a']);
  });

  test('the defaults are in force, at version 0, where the settings are deleted', async () => {
    const memory = await compiled({ settings: 'updateRate: 7' });
    memory.delete('settings');
    await memory.compile();
    expect(memory.published?.settings).toEqual({ source: {}, version: 0, since: expect.any(Number) });
  });

  test('before anything is compiled nothing is called', () => {
    expect(new MemoryCompiler().stopped).toBe('no-configuration');
  });
});

describe('an invalid policy', () => {
  test('keeps its last valid version in force and affects no other; since when is known', async () => {
    const memory = await compiled({ 'policies/a': STEPS, 'policies/b': STEPS });
    const startedAt = memory.now;
    memory.put('policies/a', 'stepz: []');
    memory.now += 60_000;
    await memory.compile();
    expect(memory.policies).toEqual(['a', 'b']);
    expect(memory.published?.compiled?.policies[0]).toMatchObject({ version: 1, since: startedAt });
    expect(memory.refused).toMatchObject([
      { parameter: 'policies/a', version: 2, inForce: 1, since: startedAt + 60_000, problemCount: 2 },
    ]);
    expect(memory.refused[0]?.problems[0]).toEqual({
      code: 'unknown-key',
      path: ['stepz'],
      message: expect.any(String),
      line: 1,
      column: 1,
    });
  });

  test('that was never compiled is taken from the history: its newest valid version', async () => {
    const memory = new MemoryCompiler();
    memory.put('policies/a', `${STEPS}\nprecedence: 7`, 'stepz: []', '{');
    memory.put('policies/never-valid', '{');
    await memory.compile();
    expect(memory.published?.compiled?.policies).toMatchObject([{ name: 'a', version: 1 }]);
    expect(memory.refused.map(({ parameter, inForce }) => [parameter, inForce])).toEqual([
      ['policies/a', 1],
      ['policies/never-valid', undefined],
    ]);
    memory.historyReads.length = 0;
    await memory.compile();
    expect(memory.historyReads).toEqual([]);
  });

  test('is asked for in the history once, and not at all at its first version', async () => {
    const memory = await compiled({ 'policies/a': '{' });
    expect(memory.historyReads).toEqual([]);
    memory.put('policies/a', STEPS, `${STEPS}\nprecedence: 7`, 'stepz: []');
    await memory.compile();
    expect(memory.published?.compiled?.policies).toMatchObject([{ version: 3, source: { precedence: 7 } }]);
    await memory.compile();
    expect(memory.historyReads).toEqual(['policies/a']);
  });

  test('that directly follows the version in force needs no history', async () => {
    const memory = await compiled({ 'policies/a': STEPS });
    memory.put('policies/a', '{');
    memory.isHistoryReadable = false;
    await memory.compile();
    expect(memory.refused).toMatchObject([{ version: 2, inForce: 1, isHistoryKnown: true }]);
  });

  test('is not replaced by a version that was written after the parameters were read', async () => {
    const memory = await compiled({ 'policies/a': STEPS });
    memory.put('policies/a', '{', '{ ');
    memory.beforeRead = () => memory.put('policies/a', `${STEPS}\nprecedence: 7`);
    await memory.compile();
    expect(memory.published?.compiled?.policies).toMatchObject([{ version: 1 }]);
  });

  test('of which SSM has forgotten the version in force keeps it', async () => {
    const memory = await compiled({ 'policies/a': STEPS });
    memory.put('policies/a', '{', '{ ');
    const { ports } = memory;
    const history = async () => [{ text: '{', version: 2 }];
    await publishConfiguration({ ...ports, parameters: { ...ports.parameters, history } });
    expect(memory.published?.compiled?.policies).toMatchObject([{ name: 'a', version: 1 }]);
    expect(memory.refused).toMatchObject([{ version: 3, inForce: 1, isHistoryKnown: true }]);
  });

  test('that could get lost since the history cannot be read publishes nothing, and says so', async () => {
    const memory = new MemoryCompiler();
    memory.put('policies/a', STEPS, 'stepz: []');
    memory.put('policies/b', STEPS);
    memory.isHistoryReadable = false;
    await expect(memory.compile()).rejects.toMatchObject({ name: 'HistoryUnreadableError' });
    expect(memory.published).toBeUndefined();
    expect(memory.telemetryLog).toEqual(['history of policies/a unreadable']);
  });

  test('keeps what is in force while the history cannot be read, and the pause is obeyed all the same', async () => {
    const memory = await compiled({ 'policies/a': STEPS });
    memory.put('policies/a', 'stepz: []', '{');
    memory.put('pause', '');
    memory.isHistoryReadable = false;
    await memory.compile();
    expect(memory.policies).toEqual(['a']);
    expect(memory.stopped).toBe('paused');
    expect(memory.refused).toMatchObject([{ inForce: 1, isHistoryKnown: false }]);
  });

  test('that is deleted and created again invalid is not taken for its predecessor’s next version', async () => {
    const memory = await compiled({ 'policies/a': STEPS });
    memory.put('policies/a', STEPS, STEPS);
    await memory.compile();
    memory.delete('policies/a');
    memory.put('policies/a', `${STEPS}\nprecedence: 9`, '{');
    await memory.compile();
    expect(memory.published?.compiled?.policies).toMatchObject([{ version: 1, source: { precedence: 9 } }]);
  });

  test('made invalid by a change of the settings stays in force as it is', async () => {
    const memory = await compiled({
      settings: 'routingLag: 5s',
      'policies/a': 'steps: [{ after: 30s, set: { priority: 3 } }, { by: 60s, set: { priority: 1 } }]',
    });
    expect(memory.refused).toEqual([]);
    memory.put('settings', 'routingLag: 60s');
    await memory.compile();
    expect(memory.policies).toEqual(['a']);
    expect(memory.refused).toMatchObject([{ parameter: 'policies/a', version: 1, inForce: 1 }]);
  });

  test.each([
    { versions: [], name: 'without another version since' },
    { versions: ['{'], name: 'and by an edit, too' },
  ])('made invalid by a change of the settings, $name, does not fall back to an older one', async (given) => {
    const memory = await compiled({ settings: 'routingLag: 5s', 'policies/a': STEPS });
    memory.put(
      'policies/a',
      'steps: [{ after: 30s, set: { priority: 3 } }, { by: 60s, set: { priority: 1 } }]',
    );
    await memory.compile();
    memory.put('settings', 'routingLag: 60s');
    memory.put('policies/a', ...given.versions);
    await memory.compile();
    expect(memory.published?.compiled?.policies).toMatchObject([{ version: 2 }]);
    expect(memory.refused).toMatchObject([{ parameter: 'policies/a', inForce: 2 }]);
  });

  test('has been invalid since its problems are what they are', async () => {
    const memory = await compiled({ settings: 'routingLag: 5s', 'policies/a': STEPS });
    const text =
      'stepz: []\nsteps: [{ after: 30s, set: { priority: 3 } }, { by: 60s, set: { priority: 1 } }]';
    memory.put('policies/a', text);
    await memory.compile();
    const startedAt = memory.now;
    memory.now += 60_000;
    expect(await memory.compile()).toBe(false);
    expect(memory.refused).toMatchObject([{ problemCount: 1, since: startedAt }]);
    memory.put('settings', 'routingLag: 60s');
    await memory.compile();
    expect(memory.refused).toMatchObject([{ problemCount: 2, since: startedAt + 60_000 }]);
  });

  test('with a number that JSON does not have is refused instead of being read otherwise', async () => {
    const memory = await compiled({
      'policies/a': `${STEPS}\nmatch: { attributes: { x: [{ numeric: ["<", .inf] }] } }`,
    });
    expect(memory.policies).toEqual([]);
    expect(memory.refused).toHaveLength(1);
  });

  const anyText = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc
      .record({ mode: fc.jsonValue(), steps: fc.jsonValue(), match: fc.jsonValue() })
      .map((v) => JSON.stringify(v)),
    fc.constantFrom(
      'mode: {toString: 1}',
      '__proto__: 1',
      'constructor: {}',
      'steps: {toString: 1}',
      '&a [*a]',
    ),
  );

  test('whatever it holds never affects another, nor the settings', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (a, b) => {
        const memory = await compiled({
          'policies/a': STEPS,
          'policies/m': STEPS,
          settings: 'updateRate: 7',
        });
        memory.put('policies/a', a);
        memory.put('policies/odd', b);
        memory.put('policies/Not A Name', b);
        await memory.compile(true);
        expect(memory.policies).toEqual(expect.arrayContaining(['m']));
        expect(memory.settings).toMatchObject({ updateRate: 7, pause: false });
        memory.put('settings', b);
        await memory.compile(true);
        expect(memory.policies).toEqual(expect.arrayContaining(['m']));
      }),
    );
  });
});

describe('what is published', () => {
  test('is all that is in force and all that is refused, by name, each with its version and since when', async () => {
    const memory = new MemoryCompiler();
    const tagged = `match: { tags: { tier: [gold] }, segmentAttributes: { 'connect:Subtype': [x] } }\n${STEPS}`;
    memory.put('Pause', 'misnamed');
    memory.put('pause', 'why');
    memory.put('policies/c', tagged);
    memory.put('policies/a', STEPS);
    memory.put('policies/d', 'during: night\nsteps: [{ after: 0s, set: { priority: 1 } }]');
    memory.put('settings', 'updateRate: 7');
    memory.put('calendars/night', 'timezone: UTC\nhours: ["Mon 20:00-24:00"]');
    memory.put('calendars/day', 'timezone: UTC\nhours: ["Mon 08:00-20:00"]');
    memory.put('policies/b', '{');
    memory.put('Settings', 'x');
    await memory.compile();
    const startedAt = memory.now;
    memory.now += 60_000;
    memory.delete('calendars/night');
    memory.put('pause', 'why not');
    memory.put('policies/a', `# for people\n${STEPS}`);
    memory.put('policies/c', tagged.replace('gold', 'silver'));
    for (const isFirst of [true, false]) {
      expect(await memory.compile()).toBe(isFirst);
      memory.now += 60_000;
    }
    const [old, changed] = [{ since: startedAt }, { since: startedAt + 60_000 }];
    const one = { problemCount: 1, isHistoryKnown: true };
    const problem = (code: string) => [expect.objectContaining({ code })];
    const source = expect.any(Object);
    expect(memory.published?.compiled).toEqual({
      format: 1,
      policies: [
        { name: 'a', version: 2, source, ...old },
        { name: 'c', version: 2, source, ...changed },
        { name: 'd', version: 1, source, ...old },
      ],
      calendars: [
        { name: 'day', version: 1, source, ...old },
        { name: 'night', version: 1, source, ...old },
      ],
      conditions: [],
      names: { tagNames: ['tier'], segmentAttributePaths: ['connect:Subtype'] },
      prepared: expect.objectContaining({ order: [0, 1, 2] }),
      settings: { version: 1, source: { updateRate: 7 }, ...old },
      pause: { version: 2, value: 'why not', ...old },
      refused: [
        { parameter: 'Pause', version: 1, problems: problem('unknown-parameter'), ...one, ...old },
        { parameter: 'Settings', version: 1, problems: problem('unknown-parameter'), ...one, ...old },
        {
          parameter: 'calendars/night',
          version: 1,
          inForce: 1,
          problems: [
            expect.objectContaining({
              code: 'calendar-in-use',
              message: expect.stringContaining('name it: d.'),
            }),
          ],
          ...one,
          ...changed,
        },
        {
          parameter: 'policies/b',
          version: 1,
          problems: [expect.any(Object)],
          ...one,
          ...old,
        },
        {
          parameter: 'policies/d',
          version: 1,
          inForce: 1,
          problems: problem('unknown-calendar'),
          ...one,
          ...changed,
        },
      ],
    });
  });

  test('has all who wait looked at again once every function decides by it', async () => {
    const memory = new MemoryCompiler();
    const sent: unknown[] = [];
    const sendWakeUps = async (messages: readonly unknown[]) => void sent.push(...messages);
    await publishConfiguration({ ...memory.ports, outbox: { sendWakeUps } });
    const configuration = { revision: 1, id: 'id-1' };
    expect(sent).toEqual([
      { body: { type: 'reevaluate', configuration }, delaySeconds: CONFIGURATION_PROPAGATION_SECONDS },
    ]);
  });

  test('is reported with what is newly refused', async () => {
    const memory = await compiled({ 'policies/a': '{', 'policies/b': STEPS });
    memory.put('policies/c', '{');
    await memory.compile();
    memory.put('policies/a', '{ ');
    await memory.compile();
    expect(memory.telemetryLog).toEqual([
      'published 1, refused policies/a',
      'published 2, refused policies/c',
      'published 3, refused policies/a',
    ]);
  });

  test('is not what others publish all the time: after eight tries the sweep goes on', async () => {
    const memory = await compiled({ 'policies/a': STEPS });
    memory.put('policies/b', STEPS);
    let reads = 0;
    memory.beforeRead = () => {
      reads += 1;
      if (memory.published) memory.published = { ...memory.published, revision: 10 * reads };
    };
    await expect(memory.compile()).rejects.toThrow('Others published a configuration 8 times in a row.');
    expect(reads).toBe(8);
  });

  test('is compiled again where another process published older texts meanwhile', async () => {
    const memory = await compiled({ 'policies/a': STEPS });
    memory.put('policies/b', STEPS);
    memory.beforeRead = () => {
      memory.beforeRead = () => {};
      if (memory.published) memory.published = { ...memory.published, revision: 2 };
    };
    expect(await memory.compile()).toBe(true);
    expect(memory.policies).toEqual(['a', 'b']);
  });

  test.each([
    ['an order to stop', 'pause', 'x', 'paused'],
    ['another setting', 'settings', 'updateRate: 9', undefined],
  ])(
    '%s is, before a compiler ends that can publish nothing else',
    async (_name, parameter, text, stopped) => {
      const memory = await compiled({ 'policies/a': STEPS, settings: 'updateRate: 7' });
      memory.put('policies/b', STEPS);
      memory.put(parameter, text);
      memory.beforeSend = () => {
        throw new Error('QueueDoesNotExist');
      };
      const { ports } = memory;
      let writes = 0;
      const publishState: typeof ports.published.publishState = async (...given) => {
        await new Promise((done) => setImmediate(done));
        writes += 1;
        return ports.published.publishState(...given);
      };
      await expect(
        publishConfiguration({ ...ports, published: { ...ports.published, publishState } }),
      ).rejects.toThrow('QueueDoesNotExist');
      expect([writes, memory.stopped, memory.settings.updateRate]).toEqual([1, stopped, stopped ? 7 : 9]);
      expect(memory.policies).toEqual(['a']);
    },
  );

  test('has all contacts looked at when a pause ends with which nothing was compiled', async () => {
    const memory = await compiled({ 'policies/a': STEPS });
    memory.put('pause', 'x');
    memory.beforeSend = () => {
      throw new Error('QueueDoesNotExist');
    };
    await expect(memory.compile()).rejects.toThrow('QueueDoesNotExist');
    expect(memory.stopped).toBe('paused');
    memory.beforeSend = () => {};
    memory.delete('pause');
    await memory.compile();
    expect(memory.stopped).toBeUndefined();
    expect(memory.messages.at(-1)?.revision).toBe(memory.published?.revision);
  });

  test('nothing where nothing changed: no new version, no look at the contacts', async () => {
    const memory = await compiled({ 'policies/a': STEPS, 'policies/b': '{' });
    expect(await memory.compile()).toBe(false);
    expect(memory.published?.revision).toBe(1);
    expect(memory.messages.map(({ revision }) => revision)).toEqual([1]);
  });

  test('what changes no decision starts no look at the contacts, and passes over none', async () => {
    const memory = await compiled({ 'policies/a': STEPS });
    memory.put('policies/a', `# for people\n${STEPS}`);
    memory.put('policies/b', '{');
    expect(await memory.compile()).toBe(true);
    expect(memory.published).toMatchObject({ revision: 2, decisions: { revision: 1 } });
    expect(memory.messages.map(({ revision }) => revision)).toEqual([1]);
    memory.put('settings', 'updateRate: 10');
    await memory.compile();
    expect(memory.published).toMatchObject({ revision: 3, decisions: { revision: 3 } });
    expect(memory.messages.map(({ revision }) => revision)).toEqual([1, 3]);
  });

  test('is never made of older texts than what is published: the later of two compilers starts again', async () => {
    const memory = await compiled({ 'policies/a': STEPS });
    let isFirst = true;
    memory.beforeRead = async () => {
      if (!isFirst) return;
      isFirst = false;
      // Another compiler reads a pause that this one has not seen, and publishes first.
      memory.put('pause', 'now');
      await memory.compile();
    };
    memory.put('policies/b', STEPS);
    await memory.compile();
    expect(memory.stopped).toBe('paused');
    expect(memory.policies).toEqual(['a', 'b']);
    // Each of them waited before it started again: the other one after it had published the pause by itself.
    expect(memory.backOffs).toEqual([1, 1]);
  });

  test('once for a push of 25 policies that as many compilers see: one message of them all is not passed over', async () => {
    const memory = new MemoryCompiler();
    await memory.compile();
    for (let index = 0; index < 25; index++) memory.put(`policies/p-${index}`, STEPS);
    const results = await Promise.all(Array.from({ length: 25 }, () => memory.compile()));
    expect(results.filter(Boolean)).toHaveLength(1);
    const { decisions } = memory.published ?? {};
    const inForce = memory.messages.filter(({ id }) => id === decisions?.id);
    expect(inForce).toHaveLength(1);
    expect(memory.messages.every(({ revision }) => revision <= (decisions?.revision ?? 0))).toBe(true);
  });

  test('nothing where SSM cannot be read, which the sweep reports, together with what is in force', async () => {
    const memory = await compiled({ 'policies/a': STEPS, 'policies/b': '{', pause: '' });
    memory.delete('policies/a');
    memory.beforeRead = () => {
      throw new Error('ThrottlingException');
    };
    await expect(memory.watch()).rejects.toThrow('ThrottlingException');
    expect(memory.telemetryLog).toEqual(['1 refused, calls paused']);
    expect(memory.policies).toEqual(['a']);
  });

  test('what is refused is reported every minute, for as long as it is refused', async () => {
    const memory = await compiled({ 'policies/a': '{', settings: 'updateRate: 0' });
    expect(await memory.watch()).toEqual(['2 refused, calls settings-unknown']);
    expect(await memory.watch()).toEqual(['2 refused, calls settings-unknown']);
    memory.put('policies/a', STEPS);
    memory.put('settings', 'updateRate: 1');
    expect(await memory.watch()).toEqual(['published 2, refused ', '0 refused, calls on']);
  });

  test('is reported by the sweep, also where nothing was ever compiled or the set is damaged', async () => {
    const memory = new MemoryCompiler();
    memory.beforeRead = () => {
      throw new Error('ThrottlingException');
    };
    await expect(memory.watch()).rejects.toThrow('ThrottlingException');
    expect(memory.telemetryLog).toEqual(['0 refused, calls no-configuration']);
    memory.published = { revision: 1, decisions: { revision: 1, id: '' } };
    await expect(memory.watch()).rejects.toThrow('ThrottlingException');
    expect(memory.telemetryLog).toEqual(['0 refused, calls settings-unknown']);
  });

  test('by the sweep, when a change was not processed or nothing was ever compiled', async () => {
    const memory = new MemoryCompiler();
    memory.put('policies/a', STEPS);
    expect(await memory.watch()).toEqual(['published 1, refused ', '0 refused, calls on']);
  });
});
