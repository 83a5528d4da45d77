import { inFile, type ListedMutant } from '../listed-mutant.ts';

export const POLICY: readonly ListedMutant[] = [
  ...inFile('lambda/domain/policy/clock.ts', {
    parseStart: {
      "without from: 'enqueued' (2)": 'Nothing asks for the start of a clock that has a problem.',
      "'enqueued' => 'enqueued~' (2)": 'Nothing asks for the start of a clock that has a problem.',
    },
  }),
  ...inFile('lambda/domain/policy/compile-policy.ts', {
    targetOf: {
      "target === undefined || target === 'horizon' => target === 'horizon'": 'Undefined is no duration.',
    },
    compilePolicy: {
      'match && canonicalJson(source.match) => canonicalJson(source.match)':
        'The JSON of undefined is undefined.',
      'source.accept && defined(source.accept) => source.accept':
        'No member of a text that was read is undefined.',
    },
    compileSteps: {
      'source ?? {} => source': 'Each expanded step has a step of the policy.',
      'when === undefined => false': 'Undefined is no valid pattern.',
    },
  }),
  ...inFile('lambda/domain/policy/compiled-set.ts', {
    compileSetWith: {
      'source.age === undefined => false': 'Undefined is no duration.',
    },
  }),
  ...inFile('lambda/domain/policy/from-source.ts', {
    partialPolicyOf: {
      'index ?? 0 => index': 'No steps come before NaN, as none come before 0.',
      'source === undefined => false': 'Undefined is no valid pattern.',
    },
  }),
  ...inFile('lambda/domain/policy/json-schema.ts', {
    'toJsonSchema.override': {
      "description !== undefined && typeof member === 'object' => description !== undefined":
        'Only the types allow a truth value in the place of a schema: Zod writes objects.',
    },
  }),
  ...inFile('lambda/domain/policy/parse.ts', {
    isInPattern: {
      "top === 'steps' && member === 'when' => member === 'when'":
        'Only steps have a member of that name there.',
    },
  }),
  ...inFile('lambda/domain/policy/policy-set.ts', {
    createPolicySet: {
      '1 => 0 (2)': 'Sorting asks only whether the first of two comes before the other.',
      'a.name < b.name => a.name <= b.name': 'No two policies of a set have one name.',
    },
  }),
  ...inFile('lambda/domain/policy/route/agents.ts', {
    parseAgents: {
      'agents.value => true': 'What stands for nothing is no place for a string of the contact.',
    },
  }),
  ...inFile('lambda/domain/policy/route/attribute.ts', {
    parseAttribute: {
      '!colon || !first => !colon': 'Where there is a colon, there is a first token.',
      'level.value[0]?.kind => level.value[0].kind': 'A value that was read has a first token.',
    },
    reportMissingColon: {
      'tokens[0]?.column ?? 1 => tokens[0]?.column': 'A condition has at least one token.',
      'tokens[0]?.column => tokens[0].column': 'A condition has at least one token.',
      '1 => 0 (3)': 'A condition has at least one token.',
    },
    reportWordsOfLevel: {
      'kept < 0 || !first => kept < 0': 'Without a first word there is no last one.',
    },
  }),
  ...inFile('lambda/domain/policy/route/keywords.ts', {
    suggestKeyword: {
      "text.split('').sort() => (text.split('').sort()).reverse()":
        'Letters are compared only with letters in the same order.',
    },
    parseNegation: {
      'without isNegated: false': 'The caller asks only whether it is true.',
      'without isNegated: true (2)': 'There is a problem, so that nobody uses the condition.',
      'true => false (2)': 'There is a problem, so that nobody uses the condition.',
    },
  }),
  ...inFile('lambda/domain/policy/route/level.ts', {
    parseBounds: {
      'tokens[at + 1]?.text => tokens[at + 1].text': 'There is a token behind it.',
    },
    parseRange: {
      'low?.column ?? sign.column => low?.column':
        'Without a lower level only the upper one can be wrong, and that has a column of its own.',
      "low?.text ?? '' => low?.text": 'The text is used only where both levels are there.',
      "high?.text ?? '' => high?.text": 'The text is used only where both levels are there.',
      'low?.text => low.text (2)': 'The range is suggested only where both levels are there.',
      'high?.text => high.text (2)': 'The range is suggested only where both levels are there.',
      'high?.column => high.column': 'A range that stands the wrong way round has both levels.',
      'min !== undefined && max !== undefined && min > max => min > max':
        'A comparison with undefined is false.',
      'min !== undefined && max !== undefined => min !== undefined': 'A comparison with undefined is false.',
      'min !== undefined && max !== undefined => max !== undefined': 'A comparison with undefined is false.',
    },
    suggestBounds: {
      'level === undefined => false': 'What is counted from undefined is no level.',
    },
  }),
  ...inFile('lambda/domain/policy/route/parse-step.ts', {
    parseExpiry: {
      'keyword?.column ?? 1 => keyword?.column': 'These clauses were chosen by their keyword.',
      'keyword?.column => keyword.column': 'These clauses were chosen by their keyword.',
      '1 => 0 (2)': 'These clauses were chosen by their keyword.',
      'clauses.at(-1)?.endColumn ?? 1 => clauses.at(-1)?.endColumn': 'A step has at least one clause.',
      'clauses.at(-1)?.endColumn => clauses.at(-1).endColumn': 'A step has at least one clause.',
      '1 => 0 (4)': 'A step has at least one clause.',
    },
    parseDuration: {
      '!isValid && next => !isValid': 'A valid duration alone has been returned before.',
      'first?.text => first.text': 'Where there is a next token, there is a first one.',
    },
    secondsIn: {
      'durationSeconds(text) ?? 0 => durationSeconds(text)': 'A comparison with undefined is false.',
    },
    startColumn: {
      'sourceMap.get(Object.values(condition ?? {})[0])?.start ?? 1 => sourceMap.get(Object.values(condition ?? {})[0])?.start':
        'Every condition that was parsed has its column.',
      'sourceMap.get(Object.values(condition ?? {})[0])?.start => sourceMap.get(Object.values(condition ?? {})[0]).start':
        'Every condition that was parsed has its column.',
      'condition ?? {} => condition': 'A branch has at least one condition.',
      '1 => 0': 'Every condition that was parsed has its column.',
    },
    toExpression: {
      'branches.at(-1)?.[0] => branches.at(-1)[0]': 'An expression of several branches has a last one.',
      'toBranch(conditions, sourceMap) ?? [] => toBranch(conditions, sourceMap)':
        'A branch without conditions has been left out before.',
    },
  }),
  ...inFile('lambda/domain/policy/route/parse.ts', {
    '(module)': {
      "'Name' => 'Name~'": 'Any name takes the place of a step that cannot be parsed.',
      "'Value' => 'Value~'": 'Any value takes the place of a step that cannot be parsed.',
    },
    locateInStep: {
      "typeof step === 'number' => true": 'The second part of a path is a number, or is not there.',
    },
    entriesOf: {
      'text !== undefined && parseRoute([text], [], context).problems.length === 0 => parseRoute([text], [], context).problems.length === 0':
        'A list of undefined has a problem.',
    },
    parseRoute: {
      'without column: 0': 'It is the only problem of its step, so that it has no order.',
      '0 => 1 (2)': 'It is the only problem of its step, so that it has no order.',
    },
  }),
  ...inFile('lambda/domain/policy/route/put-in.ts', {
    withTexts: {
      "path.at(-1) === 'AgentIds' => true":
        'The other lists hold objects, and no two of these are one object.',
    },
  }),
  ...inFile('lambda/domain/policy/route/tokenize.ts', {
    tokenize: {
      "'other' => 'other~'": 'One group of the expression matches.',
      'Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined) ?? [] => Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined)':
        'One group of the expression matches.',
      'match.groups ?? {} => match.groups': 'The expression has groups.',
    },
    toToken: {
      'without value: text': 'Nothing is read of a text with a malformed quote.',
    },
    sourceText: {
      'first && last => first': 'A list has a last token exactly if it has a first one.',
      'first && last => last': 'A list has a last token exactly if it has a first one.',
    },
  }),
  ...inFile('lambda/domain/policy/route/values.ts', {
    parseValue: {
      'field && name => field': 'The expression finds both or none.',
      'field && name => name': 'The expression finds both or none.',
    },
    suggestValue: {
      'name?.trim() => name.trim()': 'The expression finds both or none.',
    },
  }),
  ...inFile('lambda/domain/policy/schema.ts', {
    '(module)': {
      'durationSeconds(text) ?? 0 => durationSeconds(text)': 'A comparison with undefined is false.',
    },
  }),
  ...inFile('lambda/domain/policy/steps/validate.ts', {
    validateRamp: {
      "'priority' => 'priority~' (2)": 'Only how many they are counts: the schema reports what is no object.',
    },
    validateBesideTarget: {
      'index - 1 => index + 1':
        'All steps of a ramp have one path, so that the last may stand for it as the first does.',
    },
    validateUrgency: {
      'priority !== undefined && step.priority > priority => step.priority > priority':
        'A comparison with undefined is false.',
      'ageSeconds !== undefined && step.ageSeconds < ageSeconds => step.ageSeconds < ageSeconds':
        'A comparison with undefined is false.',
    },
  }),
  ...inFile('lambda/domain/policy/warnings/contact-fields.ts', {
    '(module)': {
      "'any' => 'any~'": 'Only `segmentKind` says what is below the segment attributes.',
    },
  }),
  ...inFile('lambda/domain/policy/warnings/criteria-texts.ts', {
    findingsIn: {
      "(key === 'Name' || key === 'Value') && typeof member === 'string' => typeof member === 'string'":
        'The only other texts in valid criteria are the names of comparisons, about which nothing is odd.',
      "key === 'AgentIds' && Array.isArray(member) => key === 'AgentIds'": 'In valid criteria it is a list.',
    },
    agentFindings: {
      'inArn && isUserId(inArn) => isUserId(inArn)': 'Undefined is no id.',
    },
  }),
  ...inFile('lambda/domain/policy/warnings/known-values.ts', {
    unknownValueMessages: {
      'isObject(entry) => true': 'Numbers, truth values and null have a warning of their own before.',
    },
    suggestValue: {
      "values.every((value) => value.startsWith('connect:')) => values.some((value) => value.startsWith('connect:'))":
        'All values of a field begin so, or none.',
    },
  }),
  ...inFile('lambda/domain/policy/warnings/list-advice.ts', {
    warningOfList: {
      "without name: ''": 'Only the code and the message of the warning are used.',
    },
  }),
  ...inFile('lambda/domain/policy/warnings/pattern-texts.ts', {
    textsOf: {
      '!isObject(value) => false': 'Numbers and truth values have no members, and null has a warning before.',
    },
  }),
  ...inFile('lambda/domain/policy/warnings/pattern.ts', {
    unknownFieldMessage: {
      'keys.length > 2 => keys.length >= 2': 'Two keys name a tag or an attribute, which is a known field.',
    },
    similarField: {
      'similar && (OTHER_NAMES[similar] ?? similar) => OTHER_NAMES[similar] ?? similar':
        'None of the names is undefined.',
    },
  }),
  ...inFile('lambda/domain/policy/warnings/values.ts', {
    textFieldWarning: {
      '!isObject(value) => false': 'A text has neither of the operators.',
    },
    passesWholeNumber: {
      "comparisons.filter((one) => typeof one === 'number') => comparisons":
        'The operators among them are no numbers, and no number is equal to NaN or beyond it.',
      'Math.ceil(bound) => Math.floor(bound)':
        'The least whole number that passes is still tried, and a greater or lesser one passes only where that does.',
      'Math.floor(bound) => Math.ceil(bound)':
        'The least whole number that passes is still tried, and a greater one passes only where that does.',
    },
    mayBeArn: {
      "'arn:' => 'arn:~' (2)": 'A text that begins with arn: was let in by the condition before.',
    },
  }),
  ...inFile('lambda/domain/policy/warnings/wider-match.ts', {
    alternativesMessage: {
      'lower !== undefined && upper !== undefined && lower < upper => lower < upper':
        'A comparison with undefined is false.',
      'lower !== undefined && upper !== undefined => lower !== undefined':
        'A comparison with undefined is false.',
      'lower !== undefined && upper !== undefined => upper !== undefined':
        'A comparison with undefined is false.',
    },
  }),
  ...inFile('lambda/domain/policy/written-policy.ts', {
    writeParsed: {
      'source.steps?.[sourceIndex]?.set?.route => source.steps?.[sourceIndex].set?.route':
        'Each compiled step has a step of the policy.',
      'source.steps?.[sourceIndex]?.set?.route => source.steps[sourceIndex]?.set?.route':
        'A policy that has a compiled step has steps.',
    },
  }),
];
