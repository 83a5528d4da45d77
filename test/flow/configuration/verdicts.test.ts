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
