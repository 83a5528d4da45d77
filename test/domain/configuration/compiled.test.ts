import { describe, expect, test } from '@jest/globals';
import {
  COMPILED_FORMAT,
  type CompiledConfiguration,
  decidesTheSame,
} from '../../../lambda/domain/configuration/compiled.ts';

const part = (source: unknown) => ({ name: 'a', source, version: 1, since: 5 });
const one: Required<Omit<CompiledConfiguration, 'names' | 'usesConditions' | 'pause' | 'prepared'>> = {
  format: COMPILED_FORMAT,
  policies: [part({ p: 1 })],
  calendars: [part({ c: 1 })],
  conditions: [part({ d: 1 })],
  settings: { source: { s: 1 }, version: 1, since: 5 },
  refused: [],
};
const pause = { version: 1, since: 5, value: null };

describe('handlers decide otherwise by another configuration', () => {
  test.each<[string, Partial<CompiledConfiguration>]>([
    ['a policy', { policies: [part({ p: 2 })] }],
    ['no policy', { policies: [] }],
    ['the name of a policy', { policies: [{ ...part({ p: 1 }), name: 'b' }] }],
    ['the lists of agents of a policy', { policies: [{ ...part({ p: 1 }), agents: { seniors: ['x'] } }] }],
    ['a calendar', { calendars: [part({ c: 2 })] }],
    ['a condition', { conditions: [part({ d: 2 })] }],
    ['the settings', { settings: { ...one.settings, source: { s: 2 } } }],
    ['no settings', { settings: undefined }],
    ['settings that may pause', { settings: { ...one.settings, isUncertain: true } }],
    ['a pause', { pause }],
  ])('%s', (_name, changed) => {
    expect(decidesTheSame(one, { ...one, ...changed })).toBe(false);
  });
});

test('versions, times, refusals and what a pause holds decide nothing', () => {
  const later = (parts: readonly ReturnType<typeof part>[]) =>
    parts.map((each) => ({ ...each, version: 2, since: 6 }));
  const changed: CompiledConfiguration = {
    ...one,
    policies: later([part({ p: 1 })]),
    calendars: later([part({ c: 1 })]),
    conditions: later([part({ d: 1 })]),
    settings: { source: { s: 1 }, isUncertain: false, version: 2, since: 6 },
    refused: [
      { parameter: 'policies/b', version: 1, problems: [], problemCount: 1, since: 6, isHistoryKnown: true },
    ],
  };
  expect(decidesTheSame(one, changed)).toBe(true);
  expect(decidesTheSame({ ...one, pause }, { ...one, pause: { version: 2, since: 6, value: 'x' } })).toBe(
    true,
  );
});
