import { inFile, type ListedMutant } from '../listed-mutant.ts';

export const PATTERN: readonly ListedMutant[] = [
  ...inFile('lambda/domain/pattern/anything-but.ts', {
    '(module)': {
      'wildcard && ((value) => matchesWildcard(value, wildcard)) => (value) => matchesWildcard(value, wildcard)':
        'There is a problem then, so that nothing is compiled.',
    },
    excludeByOperator: {
      '(expectString(textCursor, text) && EXCLUSIONS[name](textCursor, text)) || [] => expectString(textCursor, text) && EXCLUSIONS[name](textCursor, text)':
        'There is a problem then, so that nothing is compiled.',
    },
  }),
  ...inFile('lambda/domain/pattern/expand-or.ts', {
    expandOr: {
      'a.name < b.name => a.name <= b.name': 'No two names of a rule are equal.',
      '1 => 0 (2)': 'Sorting asks only whether the first of two comes before the other.',
    },
  }),
  ...inFile('lambda/domain/pattern/lists.ts', {
    matchFields: {
      'false => true (2)': 'The other fields are present.',
    },
    matchFieldsInObject: {
      'false => true': 'All fields that are handed on are present.',
    },
  }),
  ...inFile('lambda/domain/pattern/match.ts', {
    lookUp: {
      'result === MATCH => false': 'It saves time alone: no result is more significant.',
      'result > best => result >= best': 'The results are equal then.',
    },
  }),
  ...inFile('lambda/domain/pattern/operands.ts', {
    stringAdvice: {
      "typeof above === 'number' && typeof operator === 'string' => typeof above === 'number'":
        'Below a number stands the name of an operator, where a text is expected.',
    },
  }),
  ...inFile('lambda/domain/pattern/operators.ts', {
    '(module)': {
      'wildcard && ((value) => matchesWildcard(value, wildcard)) => (value) => matchesWildcard(value, wildcard)':
        'There is a problem then, so that nothing is compiled.',
    },
    compileTextTest: {
      "test && ((value) => typeof value === 'string' && test(value)) => (value) => typeof value === 'string' && test(value)":
        'There is a problem then, so that nothing is compiled.',
    },
  }),
  ...inFile('lambda/domain/pattern/own-property.ts', {
    ownProperty: {
      '!isInheritable || Object.hasOwn(node, key) => Object.hasOwn(node, key)':
        'It saves time alone: a value of another type is never inherited.',
    },
  }),
  ...inFile('lambda/domain/pattern/spellings.ts', {
    spellingsOf: {
      'sharedSpellings.get(name) ?? enumerateSpellings(steps) => enumerateSpellings(steps)':
        'It saves time and memory alone: the spellings are equal.',
      'sharedSpellings.size < MAX_SHARED => false':
        'It saves time and memory alone: the spellings are equal.',
      'sharedSpellings.size < MAX_SHARED => sharedSpellings.size <= MAX_SHARED':
        'It saves time and memory alone: the spellings are equal.',
      'drop sharedSpellings.set(name, spellings);':
        'It saves time and memory alone: the spellings are equal.',
    },
    enumerateSpellings: {
      'spellingsFrom[0] ?? [] => spellingsFrom[0]': 'A name has at least one step.',
    },
  }),
  ...inFile('lambda/domain/pattern/values.ts', {
    compileValues: {
      'condition => true': 'There is a problem then, so that nothing is compiled.',
    },
    compileAddresses: {
      "ipBytes(value)?.join() ?? '' => ipBytes(value)?.join()": 'The set has neither.',
    },
    anyOfTest: {
      'exact.size === 0 && only && others.length === 0 => false': 'It is a faster way to the same result.',
      'tests.length > 0 => true': 'It is a faster way to the same result.',
      'tests.length > 0 => tests.length >= 0': 'It is a faster way to the same result.',
      'exact.size === 1 => false': 'It is a faster way to the same result.',
      '1 => 0': 'It is a faster way to the same result.',
    },
  }),
  ...inFile('lambda/domain/pattern/wildcard.ts', {
    parseWildcard: {
      'without middle': 'Without a last part the others are not read.',
    },
  }),
];
