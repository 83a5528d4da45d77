import { inFile, type ListedMutant } from '../listed-mutant.ts';

export const CONDITION: readonly ListedMutant[] = [
  ...inFile('lambda/domain/condition/held-conditions.ts', {
    nextConditions: {
      'Object.hasOwn(held, name) => true':
        'Of the members that every object has, a condition can only be called constructor, and that has no times.',
    },
  }),
  ...inFile('lambda/domain/condition/parse-text.ts', {
    parseConditionText: {
      'condition && all.length === 0 => all.length === 0': 'Without a condition there is a problem.',
    },
  }),
  ...inFile('lambda/domain/condition/parse.ts', {
    parseCondition: {
      'problems.length > 0 || !when => problems.length > 0': 'Without a pattern there is a problem.',
    },
  }),
  ...inFile('lambda/domain/condition/use.ts', {
    conditionsInUse: {
      'a.name < b.name => a.name <= b.name': 'No two conditions have one name.',
      '1 => 0 (2)': 'Sorting asks only whether the first of two comes before the other.',
    },
  }),
  ...inFile('lambda/domain/condition/warnings.ts', {
    allowedValues: {
      '0 => 1': 'One less than a number is a candidate, too, so that 0 remains one.',
    },
  }),
];
