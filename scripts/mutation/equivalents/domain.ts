import { inFile, type ListedMutant } from '../listed-mutant.ts';

export const DOMAIN: readonly ListedMutant[] = [
  ...inFile('lambda/domain/agent-lists.ts', {
    validName: {
      'suggestion !== undefined && NAME.test(suggestion) => NAME.test(suggestion)':
        'Where nothing is suggested, undefined is returned either way.',
    },
    idListProblems: {
      "typeof ids === 'string' => true": 'No other value has an id as its text.',
    },
  }),
  ...inFile('lambda/domain/duration.ts', {
    formatSpan: {
      'size >= 86_400 => size > 86_400': 'A day has neither hours nor minutes beside it.',
      'size >= 3_600 => size > 3_600': 'An hour has neither minutes nor seconds beside it.',
    },
    '(module)': {
      "without letter: 'w'": 'No duration is written in weeks, whatever their letter.',
      "'w' => 'w~'": 'No duration is written in weeks, whatever their letter.',
    },
  }),
  ...inFile('lambda/domain/horizon.ts', {
    parseHorizon: {
      'without horizon: DEFAULT_HORIZON (2)': 'Where there are problems, the callers do not use the horizon.',
      'durationSeconds(String(value)) ?? 0 => durationSeconds(String(value))':
        'The schema has refused what is no duration.',
      '0 => 1 (2)': 'The schema has refused what is no duration.',
    },
  }),
  ...inFile('lambda/domain/settings.ts', {
    settingsFromSource: {
      'routingLag === undefined => false': 'As a text, undefined is no duration.',
    },
  }),
];
