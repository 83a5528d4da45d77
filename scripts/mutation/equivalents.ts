import { inFile, type ListedMutant } from './listed-mutant.ts';

/** The mutants that behave like the code, so that no test can kill them, each with why nothing can tell it from the code. */
export const EQUIVALENTS: readonly ListedMutant[] = [
  ...inFile('lambda/domain/condition/parse-text.ts', {
    parseConditionText: {
      'condition && all.length === 0 => all.length === 0': 'Without a condition there is a problem.',
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
  ...inFile('lambda/domain/contact/pauses.ts', {
    pausesOf: {
      'from < (found.at(-1)?.to ?? Number.NEGATIVE_INFINITY) => from <= (found.at(-1)?.to ?? Number.NEGATIVE_INFINITY)':
        'A pause that begins in the second of a resume ends in it, and lasts for no time.',
      'found.at(-1)?.to ?? Number.NEGATIVE_INFINITY => found.at(-1)?.to':
        'A comparison with undefined is false, as one with the least number is.',
    },
  }),
  ...inFile('lambda/domain/outgoing-events/entry.ts', {
    entryOf: {
      "event.name === 'configured' => false": 'An event about a parameter has no ARN of a contact.',
    },
    requestsOf: {
      '0 => 1': 'The first event begins a request, and sets the size.',
    },
  }),
  ...inFile('lambda/domain/policy/clock.ts', {
    parseStart: {
      "without from: 'enqueued' (2)": 'Nothing asks for the start of a clock that has a problem.',
      "'enqueued' => 'enqueued~' (2)": 'Nothing asks for the start of a clock that has a problem.',
    },
  }),
  ...inFile('lambda/domain/policy/from-source.ts', {
    targetOf: {
      "target === undefined || target === 'horizon' => target === 'horizon'": 'Undefined is no duration.',
    },
    compilePolicy: {
      'match && canonicalJson(source.match) => canonicalJson(source.match)':
        'The JSON of undefined is undefined.',
      'source.accept && defined(source.accept) => source.accept':
        'No member of a text that was read is undefined.',
    },
    partialPolicyOf: {
      'index ?? 0 => index': 'No steps come before NaN, as none come before 0.',
      'source === undefined => false': 'Undefined is no valid pattern.',
    },
    compileSteps: {
      'source ?? {} => source': 'Each expanded step has a step of the policy.',
      'when === undefined => false': 'Undefined is no valid pattern.',
    },
  }),
  ...inFile('lambda/domain/policy/index/decision-tree.ts', {
    bestSplit: {
      '!usage || copies * size > MAX_COPIES => copies * size > MAX_COPIES':
        'The usages are those of all policies.',
    },
    insert: {
      'requiredValues.get(name) ?? new Set() => requiredValues.get(name)':
        'The best field is one that it requires.',
    },
  }),
  ...inFile('lambda/domain/policy/index/policy-index.ts', {
    buildPolicyIndex: {
      'without attributes: false': 'What is absent is not known.',
      'without queueName: false': 'What is absent is not known.',
    },
    collectIndexes: {
      'node.indexes.length > 0 => true': 'An empty list has no index to merge.',
      'node.indexes.length > 0 => node.indexes.length >= 0': 'An empty list has no index to merge.',
      "split.firstKey === 'segmentAttributes' => true":
        'Other objects have only texts, by their whole names.',
    },
    'CandidateIterator.constructor': {
      'list[0] ?? END_OF_LIST => list[0]': 'No list is empty.',
    },
    '(module)': {
      '2 ** 30 - 1 => 2 ** 30 + 1': 'Both are greater than every index.',
    },
    'CandidateIterator.next': {
      'head < least => head <= least': 'Of two equal numbers, either may be taken.',
      'this.#lists[index]?.[position] ?? END_OF_LIST => this.#lists[index]?.[position]':
        'A comparison with undefined is false, as one with the end of a list is.',
      'this.#lists[index]?.[position] => this.#lists[index][position]': 'Each head has its list.',
      'index < heads.length => index <= heads.length':
        'Behind the last head is nothing that is less or equal.',
      'index < heads.length => index <= heads.length (2)':
        'Behind the last head is nothing that is less or equal.',
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
  ...inFile('lambda/domain/policy/schema.ts', {
    '(module)': {
      'durationSeconds(text) ?? 0 => durationSeconds(text)': 'A comparison with undefined is false.',
    },
  }),
  ...inFile('lambda/domain/policy/routing-set.ts', {
    compileSet: {
      'source.age === undefined => false': 'Undefined is no duration.',
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
  ...inFile('lambda/domain/queue/queue-name.ts', {
    isNameDue: {
      'nameFailedAt !== undefined && now < nameFailedAt + RETRY_NAME_SECONDS * 1_000 => now < nameFailedAt + RETRY_NAME_SECONDS * 1_000':
        'A comparison with NaN is false.',
    },
  }),
  ...inFile('lambda/domain/queue/queue-state.ts', {
    withConditions: {
      'conditions[name]?.since ?? now => conditions[name]?.since': 'The names are those of the conditions.',
      'conditions[name]?.since => conditions[name].since': 'The names are those of the conditions.',
    },
  }),
  ...inFile('lambda/domain/reports/leaving.ts', {
    leavingOf: {
      'connectedAt !== undefined && connectedAt >= enqueuedAt => connectedAt >= enqueuedAt':
        'A comparison with undefined is false.',
    },
  }),
  ...inFile('lambda/domain/reports/report.ts', {
    reportOrder: {
      "message.type === 'override' => true": 'A release has neither routing nor end.',
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
  ...inFile('lambda/aws/queues.ts', {
    sendMessages: {
      'start < batches.length => start <= batches.length': 'Behind the last batch there is nothing to send.',
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
