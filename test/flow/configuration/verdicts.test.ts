import { describe, expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../../lambda/domain/settings.ts';
import { Verdicts } from '../../../lambda/flow/configuration/verdicts.ts';

const GOOD = JSON.stringify({ steps: [{ after: '0s', set: { priority: 2 } }] });
const BAD = '{"steps": 1}';

describe('the verdict on a policy', () => {
  test('is kept while its text the settings and the calendars are the same', () => {
    const verdicts = new Verdicts();
    const first = verdicts.of('gold', GOOD, DEFAULT_SETTINGS, []);
    expect(first.problems).toBe(undefined);
    expect(verdicts.of('gold', GOOD, { ...DEFAULT_SETTINGS }, [])).toBe(first);
  });

  test('is a new one for another text, another policy, other settings and other calendars', () => {
    const verdicts = new Verdicts();
    const first = verdicts.of('gold', GOOD, DEFAULT_SETTINGS, []);
    expect(verdicts.of('silver', GOOD, DEFAULT_SETTINGS, [])).not.toBe(first);
    expect(verdicts.of('gold', GOOD, { ...DEFAULT_SETTINGS, routingLagSeconds: 99 }, [])).not.toBe(first);
    const calendars = [{ name: 'office', source: undefined }];
    expect(verdicts.of('gold', GOOD, DEFAULT_SETTINGS, calendars)).not.toBe(first);
    expect(verdicts.of('gold', BAD, DEFAULT_SETTINGS, []).problems).toBeDefined();
    expect(verdicts.of('gold', GOOD, DEFAULT_SETTINGS, []).problems).toBe(undefined);
  });
});

test('the verdict on a text that nothing else decides about is kept for its parameter, while the text is the same', () => {
  const verdicts = new Verdicts();
  const judged: string[] = [];
  const judge = (text: string) => {
    judged.push(text);
    return { source: text };
  };
  const of = (parameter: string, text: string) => verdicts.ofText(parameter, text, judge);
  expect([of('settings', 'a'), of('settings', 'a'), of('calendars/x', 'a'), of('settings', 'b')]).toEqual([
    { source: 'a' },
    { source: 'a' },
    { source: 'a' },
    { source: 'b' },
  ]);
  expect(judged).toEqual(['a', 'a', 'b']);
});

test('what policies name is read again when they or the calendars change', () => {
  const verdicts = new Verdicts();
  const naming = (tag: string) => ({
    policies: [
      {
        name: 'gold',
        version: 1,
        since: 0,
        source: { match: { tags: { [tag]: ['x'] } }, steps: [{ after: '0s', set: { priority: 2 } }] },
      },
    ],
  });
  const first = verdicts.factsOf(naming('tier'));
  expect(first.names?.tagNames).toEqual(['tier']);
  expect(verdicts.factsOf(naming('tier'))).toBe(first);
  expect(verdicts.factsOf(naming('place')).names?.tagNames).toEqual(['place']);
});

describe('what is known of policies without reading them', () => {
  const part = { version: 1, since: 0 };
  const steps = [{ after: '0s', set: { priority: 2 } }];
  const policies = (source: object) => [{ ...part, name: 'gold', source: { steps, ...source } }];

  test('changes with the calendars that they name', () => {
    const verdicts = new Verdicts();
    const gold = policies({ match: { tags: { tier: ['x'] } }, during: 'office' });
    const office = { timezone: 'UTC', hours: ['Mon 09:00-18:00'] };
    const tagNames = (calendars: { name: string; source: object; version: number; since: number }[]) =>
      verdicts.factsOf({ policies: gold, calendars }).names?.tagNames;
    expect(tagNames([])).toEqual([]);
    expect(tagNames([{ ...part, name: 'office', source: office }])).toEqual(['tier']);
  });

  test('changes with the conditions that they name, of which one is enough', () => {
    const verdicts = new Verdicts();
    const gold = policies({ match: { signals: ['busy'] } });
    const uses = (...names: string[]) => {
      const source = { when: { waiting: [{ numeric: ['>', 2] }] } };
      const conditions = names.map((name) => ({ ...part, name, source }));
      return verdicts.factsOf({ policies: gold, conditions }).usesConditions;
    };
    expect([uses(), uses('other'), uses('busy')]).toEqual([undefined, undefined, true]);
  });
});
