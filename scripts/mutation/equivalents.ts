import { inFile, type ListedMutant } from './listed-mutant.ts';

/** The mutants that behave like the code, so that no test can kill them, each with why nothing can tell it from the code. */
export const EQUIVALENTS: readonly ListedMutant[] = [
  ...inFile('lambda/domain/condition/parse-text.ts', {
    parseConditionText: {
      'condition && all.length === 0 => all.length === 0': 'Without a condition there is a problem.',
    },
  }),
  ...inFile('lambda/domain/configuration/build.ts', {
    actingSettings: {
      'inForce.settings?.isUncertain => inForce.settings.isUncertain':
        'Settings that are known are in force.',
    },
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
  ...inFile('lambda/domain/configuration/parameter-name.ts', {
    firstPart: {
      "name.split('/')[0] ?? '' => name.split('/')[0]": 'Every text has a first part.',
    },
  }),
  ...inFile('lambda/domain/contact/merge-facts.ts', {
    later: {
      'a === undefined || b === undefined => b === undefined':
        'A comparison with undefined is false, so that b is taken.',
      'a >= b => a > b': 'Of two equal texts or numbers, either may be taken.',
    },
    '(module)': {
      'without undefined': 'What is not in the list comes before all of it.',
    },
    strongest: {
      'DIALERS.indexOf(a) >= DIALERS.indexOf(b) => DIALERS.indexOf(a) > DIALERS.indexOf(b)':
        'Where both are at one place, they are equal.',
    },
    latest: {
      'timeOf(a) > timeOf(b) => timeOf(a) >= timeOf(b)': 'The line before tells that the times differ.',
      'textOfA.length > textOfB.length => textOfA.length >= textOfB.length':
        'The line before tells that the lengths differ.',
      'textOfA >= textOfB => textOfA > textOfB': 'Values of equal texts are equal.',
    },
  }),
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
  ...inFile('lambda/domain/policy/index/policy-index.ts', {
    '(module)': {
      '2 ** 30 - 1 => 2 ** 30 + 1': 'Both are greater than every index.',
    },
    'CandidateIterator.next': {
      'index < heads.length => index <= heads.length':
        'Behind the last head is nothing that is less or equal.',
      'index < heads.length => index <= heads.length (2)':
        'Behind the last head is nothing that is less or equal.',
    },
  }),
  ...inFile('lambda/domain/policy/steps/validate.ts', {
    validateUrgency: {
      'priority !== undefined && step.priority > priority => step.priority > priority':
        'A comparison with undefined is false.',
      'ageSeconds !== undefined && step.ageSeconds < ageSeconds => step.ageSeconds < ageSeconds':
        'A comparison with undefined is false.',
    },
  }),
  ...inFile('lambda/domain/routing/criteria-problems.ts', {
    conditionProblems: {
      "members?.join(', ') => members.join(', ')": 'Only a known operator comes there, which has members.',
    },
  }),
  ...inFile('lambda/domain/routing/criteria.ts', {
    sameCriteria: {
      'a === b || sameJson(plainCriteria(a), plainCriteria(b)) => sameJson(plainCriteria(a), plainCriteria(b))':
        'It is a faster way to the same result.',
    },
  }),
  ...inFile('lambda/domain/routing/routing.ts', {
    onlyRaising: {
      'priority !== undefined && priority <= (start.priority ?? Number.POSITIVE_INFINITY) => priority <= (start.priority ?? Number.POSITIVE_INFINITY)':
        'A comparison with undefined is false.',
      'priority <= (start.priority ?? Number.POSITIVE_INFINITY) => priority < (start.priority ?? Number.POSITIVE_INFINITY)':
        'An equal one is what the contact has already.',
      'ageSeconds !== undefined && ageSeconds >= (start.ageSeconds ?? Number.NEGATIVE_INFINITY) => ageSeconds >= (start.ageSeconds ?? Number.NEGATIVE_INFINITY)':
        'A comparison with undefined is false.',
      'ageSeconds >= (start.ageSeconds ?? Number.NEGATIVE_INFINITY) => ageSeconds > (start.ageSeconds ?? Number.NEGATIVE_INFINITY)':
        'An equal one is what the contact has already.',
    },
  }),
  ...inFile('lambda/domain/routing/token-bucket.ts', {
    earn: {
      'limitPerSecond !== undefined && ratePerSecond >= limitPerSecond => ratePerSecond >= limitPerSecond':
        'A comparison with undefined is false.',
    },
    msUntilToken: {
      'bucket.tokens >= 1 => bucket.tokens > 1': 'Of a whole token nothing is missing: 0 either way.',
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
    },
  }),
  ...inFile('lambda/domain/validation/readings.ts', {
    'unexpectedReadings.Node': {
      'node.range?.[0] ?? 0 => node.range?.[0]': 'The parser gives every node its range.',
      'node.range?.[0] => node.range[0]': 'The parser gives every node its range.',
      '0 => 1 (2)': 'The parser gives every node its range.',
    },
  }),
  ...inFile('lambda/flow/configuration/publish.ts', {
    publishConfiguration: {
      'before && stops(before, state) => stops(before, state)':
        'Before the first publication calls are stopped, so that no state stops them.',
    },
    publishAll: {
      "'unchanged' => 'unchanged~'": 'Callers ask only for the two other results.',
      'isSameDecisions && before => isSameDecisions': 'Where there is nothing before, nothing is the same.',
    },
  }),
  ...inFile('lambda/flow/configuration/compile.ts', {
    compareTexts: {
      'a < b => a <= b': 'No two names are equal.',
    },
  }),
  ...inFile('lambda/flow/configuration/record-changes.ts', {
    isAfter: {
      'at > otherAt => at >= otherAt': 'The times differ there.',
    },
  }),
  ...inFile('lambda/flow/configuration/resolve.ts', {
    versionsBetween: {
      'one.version < version => one.version <= version':
        'The current version is invalid, so that it is never the newest valid one.',
    },
  }),
  ...inFile('lambda/flow/dispatch/apply-change.ts', {
    reportMetrics: {
      "'invalid' => 'invalid~'": 'Nothing is counted for it, as for a kind that is not known.',
      "'conflict' => 'conflict~'": 'Nothing is counted for it, as for a kind that is not known.',
    },
  }),
  ...inFile('lambda/flow/dispatch/ask-for-shadows.ts', {
    askForShadows: {
      'spareWork(record)?.kind => spareWork(record).kind': 'The contacts are those with such work.',
      'spareWork(record)?.kind => spareWork(record).kind (2)': 'The contacts are those with such work.',
    },
    ask: {
      'record.facts?.attributesChangedAt => record.facts.attributesChangedAt':
        'A contact with such work has facts.',
      'record.shadows?.requiredAttributes ?? [] => record.shadows?.requiredAttributes':
        'A contact with such work names the attributes.',
      'record.shadows?.requiredAttributes => record.shadows.requiredAttributes':
        'A contact with such work has shadows.',
    },
  }),
  ...inFile('lambda/flow/dispatch/dispatch.ts', {
    dispatchPending: {
      'next && isTimeUp => isTimeUp':
        'Where there is nobody next and the time is up, it has returned before.',
    },
  }),
  ...inFile('lambda/flow/dispatch/round.ts', {
    sendUpdates: {
      "result.kind === 'unknown' && result.isUncalled => result.isUncalled":
        'Only unknown results say whether Connect was called.',
    },
    persistDraft: {
      "'none' => 'none~'": 'The caller asks only whether an update is left, and whether it failed.',
    },
  }),
  ...inFile('lambda/flow/dispatch/select-pending.ts', {
    selectPending: {
      'a.order > b.order => true': 'Sorting asks only whether the first of two comes before the other.',
      'a.order > b.order => false': 'Sorting asks only whether the first of two comes before the other.',
      'a.order > b.order => a.order >= b.order':
        'Sorting asks only whether the first of two comes before the other.',
      '1 => 0 (2)': 'Sorting asks only whether the first of two comes before the other.',
      '0 => 1 (2)': 'Sorting asks only whether the first of two comes before the other.',
    },
  }),
  ...inFile('lambda/flow/fan-out.ts', {
    fanOutId: {
      "message.type === 'queue-signal' => true":
        'The lists of other messages then have their queue or null there: their types and ids differ all the same.',
      'without type': 'No ARN of a queue is the name of the other type.',
      'without type (2)': 'The lists of the two types have different lengths.',
    },
  }),
  ...inFile('lambda/flow/send-events.ts', {
    removeSent: {
      'first => true': 'A group has at least one event.',
    },
  }),
  ...inFile('lambda/aws/configuration-table.ts', {
    'ConfigurationTable.publish': {
      'saved !== undefined || (await this.#isInForce(set)) => await this.#isInForce(set)':
        'The version item that was just written names the set; only a request is saved.',
    },
  }),
  ...inFile('lambda/aws/connect.ts', {
    resultOf: {
      'status !== undefined && status >= 400 => status >= 400': 'A comparison with undefined is false.',
    },
    descriptionOf: {
      "initiationMethod ?? '' => initiationMethod": 'The set has neither.',
    },
  }),
  ...inFile('lambda/flow/dispatch/fair-queue.ts', {
    'FairQueue.#virtualTime': {
      '0 => 1': 'Only differences between the turns of instances count.',
    },
    'FairQueue.#startOf': {
      '0 => 1': 'Instances that were never served share one start; only differences count.',
    },
  }),
];
