import { inFile, type ListedMutant } from '../listed-mutant.ts';

const LENGTH = 'Only the checks of numbers are about the value: all others are about the length.';

export const VALIDATION: readonly ListedMutant[] = [
  ...inFile('lambda/domain/validation/correction.ts', {
    clockTimeAdvice: {
      '0 => 1': 'A time on a clock has two numbers.',
      '0 => 1 (2)': 'A time on a clock has two numbers.',
    },
    numbersFor: {
      "/^\\s*(.*?)\\s*(%|per\\s?cent|)\\s*$/is.exec(withoutQuotes(found).replace(PER_SECOND, '')) ?? … => /^\\s*(.*?)\\s*(%|per\\s?cent|)\\s*$/is.exec(withoutQuotes(found).replace(PER_SECOND, ''))":
        'The expression matches every text.',
    },
  }),
  ...inFile('lambda/domain/validation/document.ts', {
    fromYaml: {
      "document.directives?.yaml.explicit && document.directives.yaml.version !== '1.2' => document.directives.yaml.version !== '1.2'":
        'Without a directive the version is 1.2.',
      'document.directives?.yaml.explicit => document.directives.yaml.explicit':
        'The parser gives every document its directives.',
      "!isScalar(node) || node.type !== 'PLAIN' || !node.range => !isScalar(node) || node.type !== 'PLAIN'":
        'The parser gives every node its range.',
    },
    onceEach: {
      '!first => false': 'A group has at least one problem.',
    },
    hiddenInComment: {
      "typeof one === 'string' && OTHER_LINE_END.test(one) => OTHER_LINE_END.test(one)":
        'No comment is tested as the text null or undefined, which has no such character.',
      "OTHER_LINE_END.exec(comment)?.[0] ?? '' => OTHER_LINE_END.exec(comment)?.[0]":
        'The comment was found by that character.',
      'OTHER_LINE_END.exec(comment)?.[0] => OTHER_LINE_END.exec(comment)[0]':
        'The comment was found by that character.',
    },
    describeCodePoint: {
      'character.codePointAt(0) ?? 0 => character.codePointAt(0)': 'The character is never empty.',
      '0 => 1 (2)': 'The character is never empty.',
    },
    offsetOf: {
      'isNode(node) && node.range => isNode(node)': 'The parser gives every node its range.',
    },
    keyOffset: {
      'keys.find(({ value }) => value === problem.path.at(-1))?.range?.[0] => keys.find(({ value }) => value === problem.path.at(-1))?.range[0]':
        'The parser gives every node its range.',
      'parent.items.map(({ key }) => key).filter(isScalar) => parent.items.map(({ key }) => key)':
        'All keys of a document that was read are scalars.',
      'true => false': 'The flag concerns scalars, and a scalar has no keys.',
    },
    withAllowed: {
      "other?.message ?? '' => other?.message": 'As a text, undefined is no message of that form.',
    },
  }),
  ...inFile('lambda/domain/validation/duration-schema.ts', {
    durationBetween: {
      'seconds !== undefined && seconds >= minSeconds => seconds >= minSeconds':
        'A comparison with undefined is false.',
    },
  }),
  ...inFile('lambda/domain/validation/meant-key.ts', {
    meantKey: {
      'similar !== undefined && isFree(similar) => isFree(similar)':
        'Where nothing is similar, undefined is returned either way.',
    },
  }),
  ...inFile('lambda/domain/validation/readings.ts', {
    'unexpectedReadings.Node': {
      'node.range?.[0] ?? 0 => node.range?.[0]': 'The parser gives every node its range.',
      'node.range?.[0] => node.range[0]': 'The parser gives every node its range.',
      '0 => 1 (2)': 'The parser gives every node its range.',
      "'tag' in node && node.tag !== undefined => node.tag !== undefined": 'An alias has no tag.',
      "source ?? '' => source": 'The parser gives every scalar its source.',
      "isScalar(node) && typeof node.value === 'number' && node.source !== undefined => isScalar(node) && typeof node.value === 'number'":
        'The parser gives every scalar its source.',
      "isScalar(node) && typeof node.value === 'number' => typeof node.value === 'number'":
        'Only scalars are numbers.',
    },
    pathOf: {
      'isPair(ancestor) && isScalar(ancestor.key) => isPair(ancestor)':
        'All keys of a document that was read are scalars.',
      'isPair(ancestor) && isScalar(ancestor.key) => isScalar(ancestor.key)': 'Only pairs have a key.',
    },
  }),
  ...inFile('lambda/domain/validation/schema-issues.ts', {
    inexact: {
      'value > 0 => value >= 0': 'A number that is too large for a whole number is not 0.',
      '0 => 1': 'A number that is too large for a whole number is not 1.',
    },
    measureOf: {
      "typeof value === 'string' => true": 'A copy of a list is as long as the list.',
    },
  }),
  ...inFile('lambda/domain/validation/schema.ts', {
    minLength: {
      "without of: 'length'": LENGTH,
      "'length' => 'length~'": LENGTH,
    },
    maxLength: {
      "without of: 'length'": LENGTH,
      "'length' => 'length~'": LENGTH,
    },
  }),
  ...inFile('lambda/domain/validation/schema-problems.ts', {
    problemsOfIssue: {
      "'enum' => 'enum~'": 'It is only to be none of the types that have a correction.',
    },
    valueAt: {
      "Array.isArray(value) && typeof part === 'number' => Array.isArray(value)":
        'The parts of a path below a list are numbers.',
      "Array.isArray(value) && typeof part === 'number' => typeof part === 'number'":
        'Where the path has a number, there is a list.',
    },
  }),
  ...inFile('lambda/domain/validation/to-zod.ts', {
    zodCheck: {
      'form === undefined => false': 'Zod takes an undefined error for none.',
    },
  }),
  ...inFile('lambda/domain/validation/zod-problems.ts', {
    issueOf: {
      "typeof part === 'symbol' => false": 'No document has a symbol as a key.',
    },
  }),
  ...inFile('lambda/domain/validation/syntax-advice.ts', {
    'unresolvedAlias.Alias': {
      'node.range?.[0] ?? 0 => node.range?.[0]': 'The parser gives every node its range.',
      'node.range?.[0] => node.range[0]': 'The parser gives every node its range.',
      '0 => 1 (2)': 'The parser gives every node its range.',
    },
  }),
  ...inFile('lambda/domain/validation/unlikely-text.ts', {
    asUtf8: {
      'WINDOWS_1252().get(one) ?? one.codePointAt(0) ?? 0 => WINDOWS_1252().get(one) ?? one.codePointAt(0)':
        'A character has a code point.',
      '0 => 1 (2)': 'A character has a code point.',
      'byte > 0xff => byte >= 0xff': 'No text in UTF-8 has the byte 255.',
    },
  }),
];
