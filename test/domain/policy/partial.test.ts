import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '../../../lambda/domain/policy/parse.ts';

const VALID = { after: '0s', set: { priority: 3 } };
const INVALID = { after: 'soon', set: { priority: 2 } };

/** The valid parts of a policy that has a problem. */
function partOfText(text: string) {
  const parsed = parsePolicy('a', text);
  if (parsed.policy) throw new Error('The policy is valid');
  return parsed.partial;
}

const partOf = (source: object) => partOfText(JSON.stringify(source));

describe('of an invalid policy warnings are about', () => {
  test('its valid parts', () => {
    expect(
      partOf({
        rollout: 5,
        allowLower: true,
        accept: { 'may-starve': 'They may wait.', 'over-quota': ' ', 'time-zone': 7 },
        during: { timezone: 'Etc/GMT+5', hours: ['daily 09:00-18:00'] },
        match: { channel: ['VOICE'] },
        steps: [VALID, INVALID],
      }),
    ).toMatchObject({
      name: 'a',
      rollout: 5,
      allowLower: true,
      accept: { 'may-starve': 'They may wait.' },
      zones: [{ path: ['during', 'timezone'] }],
      patterns: [{ path: ['match'] }],
      steps: [{ sourceIndex: 0, seconds: 0, set: { priority: 3 } }],
    });
  });

  test('the reasons alone with which warnings are accepted', () => {
    const accept = { 'may-starve': 'They may wait.', 'over-quota': ' ', 'time-zone': 7 };
    expect(partOf({ accept, steps: [INVALID] })?.accept).toEqual({ 'may-starve': 'They may wait.' });
    expect(partOf({ accept: 'all', steps: [INVALID] })?.accept).toEqual({});
  });

  test('a rollout that is a number', () => {
    expect(partOf({ rollout: 5, steps: [INVALID] })?.rollout).toBe(5);
    expect(partOf({ rollout: 'half', steps: [INVALID] })).not.toHaveProperty('rollout');
  });

  test('nothing that it does not have', () => {
    const part = partOf({ steps: [INVALID] });
    expect(part).toEqual({ name: 'a', allowLower: false, accept: {}, patterns: [], steps: [], zones: [] });
    expect(part).not.toHaveProperty('rollout');
  });

  test.each([
    ['the steps before the first with a problem', [VALID, { ...VALID, after: '1m' }, INVALID, VALID], [0, 1]],
    ['no steps where the first has one', [INVALID, VALID], []],
    ['no steps where they are none', 'soon', []],
    ['no steps where there are too many', Array(51).fill(VALID), []],
  ])('%s', (_name, steps, expected) => {
    expect(partOf({ steps })?.steps.map(({ sourceIndex }) => sourceIndex)).toEqual(expected);
  });

  test('all steps where the problem is elsewhere', () => {
    expect(partOf({ mode: 'on', steps: [VALID] })?.steps).toHaveLength(1);
  });

  test('each valid pattern, of all steps', () => {
    const when = { signals: ['vip'] };
    const steps = [{ ...INVALID, when }, { ...VALID, when: { channel: 'VOICE' } }, null, { ...VALID, when }];
    const patterns = partOf({ match: { channel: [] }, steps })?.patterns ?? [];
    expect(patterns.map(({ path, pattern }) => [path, pattern.rules.flat().map(({ name }) => name)])).toEqual(
      [
        [['steps', 0, 'when'], ['signals']],
        [['steps', 3, 'when'], ['signals']],
      ],
    );
  });

  test.each([
    [undefined, false],
    [false, false],
    [true, true],
    ['yes', true],
  ])('steps that may lower where allowLower is %j: %s', (allowLower, may) => {
    expect(partOf({ allowLower, steps: [INVALID] })?.allowLower).toBe(may);
  });

  test('nothing where it is off, or no object', () => {
    expect(partOf({ mode: 'off', steps: [INVALID] })).toBeUndefined();
    expect(partOf([VALID])).toBeUndefined();
    expect(parsePolicy('a', `mode: off\nrollout: 0x10\nsteps: [${JSON.stringify(VALID)}]`)).toMatchObject({
      problems: [{ code: 'number-form' }],
    });
  });

  test('a policy that only reads otherwise than it looks, too', () => {
    const text = `rollout: 0x10\naccept: { may-starve: Yes. }\nsteps: [${JSON.stringify(VALID)}]`;
    expect(partOfText(text)).toMatchObject({
      name: 'a',
      rollout: 16,
      accept: { 'may-starve': 'Yes.' },
      steps: [{ seconds: 0 }],
    });
    expect(partOfText(`mode: off\n${text}`)).toBeUndefined();
  });
});

describe('a policy names', () => {
  const namesOf = (source: object) => parsePolicy('a', JSON.stringify(source)).policy?.attributeNames;

  test('the attributes of its patterns and of its routes, in order and once', () => {
    expect(
      namesOf({
        match: { attributes: { z: ['x'], b: ['x'] } },
        steps: [
          { ...VALID, when: { attributes: { a: ['x'], b: ['y'] } } },
          { after: '1m', set: { route: ['Language:{attributes.m} >= 1'] } },
        ],
      }),
    ).toEqual(['a', 'b', 'm', 'z']);
    expect(namesOf({ match: { tags: { z: ['x'] } }, steps: [VALID] })).toEqual([]);
  });
});

describe('a pattern without a field', () => {
  const HINT = 'A policy without match governs every contact.';
  const messages = (match: unknown) =>
    parsePolicy('a', JSON.stringify({ match, steps: [VALID] })).problems.map(({ message }) => message);

  test.each([[{}], [null], [[]], ['VOICE']])('%j has the hint that match may be left out', (match) => {
    expect(messages(match)).toEqual([expect.stringContaining(HINT)]);
  });

  test.each([[{ channel: [] }], [{ channel: {} }]])('%j has not', (match) => {
    expect(messages(match).join()).not.toContain(HINT);
    expect(messages(match)).toHaveLength(1);
  });
});
