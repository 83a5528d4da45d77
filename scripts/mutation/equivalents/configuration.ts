import { inFile, type ListedMutant } from '../listed-mutant.ts';

export const CONFIGURATION: readonly ListedMutant[] = [
  ...inFile('lambda/domain/configuration/acting-settings.ts', {
    actingSettings: {
      'inForce.settings?.isUncertain => inForce.settings.isUncertain':
        'Settings that are known are in force.',
    },
  }),
  ...inFile('lambda/domain/configuration/build-policies.ts', {
    buildPolicies: {
      "problems[0]?.message ?? '' => problems[0]?.message": 'What cannot be built has a problem.',
      'problems[0]?.message => problems[0].message': 'What cannot be built has a problem.',
    },
  }),
  ...inFile('lambda/domain/configuration/compiled.ts', {
    decisive: {
      'settings.isUncertain === true => settings.isUncertain !== true':
        'Two of these are only compared with each other.',
      'pause !== undefined => pause === undefined': 'Two of these are only compared with each other.',
    },
  }),
  ...inFile('lambda/domain/configuration/judge.ts', {
    pauseValue: {
      'problems.length === 0 && text.length <= MAX_PAUSE_LENGTH => text.length <= MAX_PAUSE_LENGTH':
        'A text with problems has no value, or one that is no JSON: both are refused just below.',
    },
  }),
  ...inFile('lambda/domain/configuration/parameter-name.ts', {
    firstPart: {
      "name.split('/')[0] ?? '' => name.split('/')[0]": 'Every text has a first part.',
    },
  }),
];
