import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '../../../lambda/domain/policy/parse.ts';

/** `escalator check --json` prints both. What was found is the value as it is written, without quotes of its own. */
describe('what a problem says was found and is allowed', () => {
  const duration = 'a duration such as 45s, 3m, 1h30m or PT3M, at most a year, at least 1s';
  const sets = 'priority, age, routingCriteria or route';
  const starts = 'one of enqueued, firstEnqueued, initiated';

  test.each<[text: string, ...problems: [code: string, found: unknown, allowed: unknown][]]>([
    ['steps: [{ set: { priority: 1 } }]', ['step-time', [], 'after or by']],
    ['steps: [{ after: 0s, by: 3m, set: { priority: 1 } }]', ['step-time', ['after', 'by'], 'after or by']],
    ['steps: [{ after: 0s }]', ['sets-nothing', { after: '0s' }, 'set']],
    ['steps: [{ after: 0s, set: {} }]', ['sets-nothing', {}, sets]],
    [
      'steps: [{ after: 0s, set: { priority: 1, age: 2m } }]',
      ['priority-with-age', { priority: 1, age: '2m' }, 'priority or age'],
    ],
    [
      'steps: [{ after: 0s, set: { route: ["A:x >= 1"], routingCriteria: { Steps: [] } } }]',
      ['criteria-twice', ['A:x >= 1'], 'routingCriteria or route'],
      ['out-of-range', 0, 'a list of 1 to 5 steps'],
    ],
    [
      'steps: [{ from: 0s, ramp: { priority: { from: 4, to: 1 } } }]',
      ['ramp-form', ['no every'], 'from, every and ramp'],
    ],
    [
      'steps: [{ from: 0s, every: 30s, ramp: { priority: { from: 4, to: 1 }, age: { add: 1m } } }]',
      ['ramp-form', ['priority', 'age'], 'priority or age'],
      ['missing', undefined, duration],
    ],
    [
      'steps: [{ after: 2m, set: { priority: 2 } }, { after: 1m, set: { priority: 1 } }]',
      ['step-order', '1m', '2m or later'],
    ],
    [
      'steps: [{ after: 1m, set: { priority: 1 } }, { after: 2m, set: { priority: 2 } }]',
      ['lowers-urgency', 2, '1 or a smaller number'],
    ],
    [
      'steps: [{ after: 1m, set: { age: 3m } }, { after: 2m, set: { age: 2m } }]',
      ['lowers-urgency', '2m', '3m or more'],
    ],
    [
      'target: 5m\nsteps: [{ after: 1m, set: { age: 3m } }]',
      ['age-with-target', 'age', 'priority, routingCriteria or route'],
    ],
    [
      'target: 5m\nclock: enqued',
      ['not-allowed', 'enqued', `${starts}, or an object such as { from: enqueued, in: office-hours }`],
    ],
    [
      'target: 5m\nclock: { from: 5, in: 7, of: 1 }',
      ['wrong-type', 5, starts],
      [
        'wrong-type',
        7,
        'the name of a calendar, or an object with timezone and hours, such as { timezone: Europe/Berlin, hours: ["Mon-Fri 08:00-18:00"] }',
      ],
      ['unknown-key', 'of', 'from, in'],
    ],
    [
      'steps: [{ after: 0s, set: { route: ["A:x >= 6"] } }]',
      ['out-of-range', 6, 'a whole number from 1 to 5'],
    ],
    ['steps: [{ after: 0s, set: { route: [5] } }]', ['wrong-type', 5, 'a string']],
    ['steps: [{ after: 0s, set: { priority: 0x1 } }]', ['number-form', 1, 'a number in decimal notation']],
    ['steps: [{ after: 0s, set: { priority: !!int 1 } }]', ['yaml-tag', '!!int', 'no tags']],
    ['description: &gold members\ntarget: 5m', ['yaml-anchor', '&gold', 'no anchor that nothing refers to']],
    ['a: 1\n---\nb: 2', ['second-document', undefined, 'one document']],
    ['%YAML 1.1\n---\na: 1', ['yaml-version', undefined, 'YAML 1.2']],
    ['{"steps":[]}{"steps":[]}', ['second-document', '{"steps":[]}', 'one document']],
    ['{"steps":[] /* a */}', ['syntax', '/* a */', undefined]],
    ['<<<<<<< HEAD\na: 1\n', ['syntax', '<<<<<<< ', undefined]],
    ['precedence: high\ntarget: 5m', ['wrong-type', 'high', 'a number']],
    ['mode: observer\ntarget: 5m', ['not-allowed', 'observer', 'one of enforce, observe, off']],
    [
      'modes: observe\ntarget: 5m',
      ['unknown-key', 'modes', expect.stringMatching(/^description, precedence, mode, .*, steps$/)],
    ],
    ['', ['wrong-type', null, 'an object']],
  ])('%j', (text, ...expected) => {
    const { problems } = parsePolicy('gold', text);
    expect(problems.map(({ code, found, allowed }) => [code, found, allowed])).toEqual(expected);
  });

  test('a name', () => {
    expect(parsePolicy('Gold', 'target: 5m').problems).toMatchObject([
      { code: 'policy-name', found: 'Gold', allowed: 'lower-case letters, digits and hyphens' },
    ]);
  });
});
