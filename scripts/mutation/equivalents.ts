import { inFile, type ListedMutant } from './listed-mutant.ts';

/** The mutants that behave like the code, so that no test can kill them, each with why nothing can tell it from the code. */
export const EQUIVALENTS: readonly ListedMutant[] = [
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
  ...inFile('lambda/aws/idempotent-connect.ts', {
    'IdempotentConnect.constructor': {
      'without dataIndexArgument: 0': 'It is the default.',
    },
  }),
  ...inFile('lambda/aws/load-metrics.ts', {
    'ConnectLoadMetrics.loads': {
      'this.#refusedUntil.get(id) ?? Number.NEGATIVE_INFINITY => this.#refusedUntil.get(id)':
        'A comparison with undefined is false.',
      'refusal ??= error => refusal = error': 'Both say that a queue is refused.',
      'Math.ceil(ids.length / 2) => Math.floor(ids.length / 2)':
        'Of an odd number, either half may be the longer one.',
    },
    canonicalText: {
      'expression === undefined => false': 'What is no text is no JSON, either.',
    },
  }),
  ...inFile('lambda/aws/queues.ts', {
    sendMessages: {
      'start < batches.length => start <= batches.length': 'Behind the last batch there is nothing to send.',
    },
  }),
  ...inFile('lambda/aws/reconcile-ports.ts', {
    awsRuleMessagePorts: {
      'without telemetry': 'The ports on top of which these are have the same one.',
    },
  }),
  ...inFile('lambda/domain/agent-lists.ts', {
    validName: {
      'suggestion !== undefined && NAME.test(suggestion) => NAME.test(suggestion)':
        'Where nothing is suggested, undefined is returned either way.',
    },
    idListProblems: {
      "typeof ids === 'string' => true": 'No other value has an id as its text.',
    },
  }),
  ...inFile('lambda/domain/calendar/open-hours.ts', {
    nextTransition: {
      'transition <= localTime => transition < localTime': 'Now the state is the present one.',
    },
    hoursOnDay: {
      'week[(((day + 3) % 7) + 7) % 7] ?? [] => week[(((day + 3) % 7) + 7) % 7]': 'A week has seven days.',
    },
    transitionMinutes: {
      'minute >= 0 && minute < DAY_MINUTES => minute < DAY_MINUTES':
        'What is before the day was looked at with the day before it.',
    },
    lookaheadEnd: {
      'day > lastException => day >= lastException': 'The same day is put in its own place.',
    },
  }),
  ...inFile('lambda/domain/calendar/parse-date.ts', {
    readings: {
      '0 => 1': 'The expression finds three numbers or none.',
      '0 => 1 (2)': 'The expression finds three numbers or none.',
    },
    monthOf: {
      'index < 0 => false': 'No date is in the month 0.',
    },
  }),
  ...inFile('lambda/domain/calendar/parse-entry.ts', {
    parseMatch: {
      'hours && weekdays.map((weekday) => ({ weekday, hours })) => weekdays.map((weekday) => ({ weekday, hours }))':
        'Where the hours have a problem, nobody uses the days.',
    },
    parseDays: {
      'first === undefined => false': 'Where a day has a problem, nobody uses the days.',
    },
    parseTimes: {
      'fromMinute !== undefined && fromMinute < DAY_MINUTES => fromMinute < DAY_MINUTES':
        'A comparison with undefined is false.',
      '!isValidStart || untilMinute === undefined => !isValidStart':
        'Where a time has a problem, nobody uses the hours.',
      '!isValidStart || untilMinute === undefined => untilMinute === undefined':
        'Where a time has a problem, nobody uses the hours.',
      'untilMinute > fromMinute => untilMinute >= fromMinute': 'Equal times were refused before.',
    },
    parseMinute: {
      '0 => 1': 'The expression finds two numbers.',
      '0 => 1 (2)': 'The expression finds two numbers.',
    },
  }),
  ...inFile('lambda/domain/calendar/parse-text.ts', {
    parseCalendarText: {
      'calendar && all.length === 0 => all.length === 0': 'Without a calendar there is a problem.',
    },
  }),
  ...inFile('lambda/domain/calendar/parse.ts', {
    parseCalendar: {
      'timezone === undefined || problems.length > 0 => problems.length > 0':
        'Without a time zone there is a problem.',
    },
    parseTexts: {
      'kind.parse(text, at, problems) ?? [] => kind.parse(text, at, problems)':
        'Where an entry has a problem, nobody uses the entries.',
    },
  }),
  ...inFile('lambda/domain/calendar/time-zone.ts', {
    findSpans: {
      'offset === offsetAfter => false': 'Without a change, the second span has no time in it.',
      'Math.floor((before + after) / 2_000) => Math.ceil((before + after) / 2_000)':
        'Either second lies between the two.',
    },
  }),
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
  ...inFile('lambda/domain/contact/adoption.ts', {
    seemsToWait: {
      '0 => 1': 'No contact is connected or queued in the first second of 1970.',
      'enqueuedAt !== undefined && connectedAt < enqueuedAt => connectedAt < enqueuedAt':
        'A comparison with undefined is false.',
    },
    isKnownToHaveLeft: {
      '0 => 1': 'No contact is connected or queued in the first second of 1970.',
      'facts.connectedAt ?? 0 => facts.connectedAt':
        'A comparison with undefined is false, and so is one of 0 with a later time.',
      '0 => 1 (2)': 'No contact is connected or queued in the first second of 1970.',
    },
  }),
  ...inFile('lambda/domain/contact/build-contact-view.ts', {
    contactView: {
      'attributes?.values => attributes.values': 'Attributes that are known are there.',
    },
  }),
  ...inFile('lambda/domain/contact/closure.ts', {
    reopen: {
      'reopensAt(record) ?? Number.POSITIVE_INFINITY => reopensAt(record)':
        'A comparison with undefined is false.',
    },
    isContradicted: {
      'facts ?? {} => facts': 'A contact in a queue has facts.',
    },
  }),
  ...inFile('lambda/domain/contact/facts.ts', {
    currentQueue: {
      '!facts || !visit => !visit': 'Without facts there is no visit.',
      'facts.connectedAt !== undefined && facts.connectedAt >= visit.enqueuedAt => facts.connectedAt >= visit.enqueuedAt':
        'A comparison with undefined is false.',
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
  ...inFile('lambda/domain/contact/merge.ts', {
    attributesChangedAt: {
      'known === undefined || another === undefined => false':
        'No second is that of a time that is not known.',
      'known === undefined || another === undefined => known === undefined':
        'No second is that of a time that is not known.',
      'known === undefined || another === undefined => another === undefined':
        'No second is that of a time that is not known.',
    },
    mergePredecessor: {
      'without instanceId': 'Of the key, only the id of the contact is handed on.',
    },
  }),
  ...inFile('lambda/domain/contact/parse-event.ts', {
    parseContactEvent: {
      '0 => 1 (2)': 'No time is so early.',
      "initiationMethod ?? '' => initiationMethod": 'The set has neither.',
    },
    momentOf: {
      '[enqueuedAt, ...others] .filter((time) => time !== undefined) => [enqueuedAt, ...others]':
        'A comparison with undefined is false.',
    },
    time: {
      'value === undefined => false': 'What is no text is no time, either.',
    },
    segmentValue: {
      'first !== undefined && others.length === 0 => others.length === 0':
        'Of an object without members nothing is left out either way.',
    },
    wholeNumber: {
      "typeof value === 'string' && /^-?\\d+$/.test(value) => /^-?\\d+$/.test(value)":
        'A whole number is itself as a number.',
    },
    storable: {
      "typeof value === 'number' && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER) => !(Math.abs(value) <= Number.MAX_SAFE_INTEGER)":
        'A text is itself as a text, and true and false are no great numbers.',
    },
  }),
  ...inFile('lambda/domain/contact/personal-data.ts', {
    namedPart: {
      'path !== undefined && paths.includes(path) => paths.includes(path)': 'The list has no such path.',
    },
  }),
  ...inFile('lambda/domain/contact/retention.ts', {
    expiresTooSoon: {
      'facts?.disconnectedAt => facts.disconnectedAt': 'A contact with a visit has facts.',
    },
    longestMs: {
      "facts?.channel ?? '' => facts?.channel": 'The table has neither.',
    },
  }),
  ...inFile('lambda/domain/contact/transfer-chain.ts', {
    inherit: {
      '0 => 1': 'The transfer itself is counted, so that there is at least one.',
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
  ...inFile('lambda/domain/messages/apply-message.ts', {
    applyMessage: {
      'record.timerAt ?? Number.POSITIVE_INFINITY => record.timerAt': 'A comparison with undefined is false.',
      '!queue || queueArn === undefined => !queue': 'A queue has an ARN.',
      'record.override?.at ?? Number.NEGATIVE_INFINITY => record.override?.at':
        'A comparison with undefined is false.',
    },
  }),
  ...inFile('lambda/domain/messages/envelope.ts', {
    parsedContactEvent: {
      '!(error instanceof MalformedEventError) => false': 'Nothing else is thrown there.',
    },
    fromRuleEvent: {
      'isObject(envelope.detail) => true': 'Nothing that is no object has such members.',
    },
  }),
  ...inFile('lambda/domain/messages/original-message.ts', {
    originalMessage: {
      "attribute(ORIGINAL_MESSAGE_ATTRIBUTES.sentAt) ?? '' => attribute(ORIGINAL_MESSAGE_ATTRIBUTES.sentAt)":
        'It is no time either way.',
      'Number(sentAt) <= received.sentAt => Number(sentAt) < received.sentAt': 'Equal times are one.',
    },
  }),
  ...inFile('lambda/domain/messages/parse.ts', {
    toRuleMessage: {
      "('contactId' in value ? value.contactId : undefined) ?? '' => 'contactId' in value ? value.contactId : undefined":
        'Only messages about a contact have it read, and these name one.',
      "'contactId' in value => true": 'What is absent is undefined.',
      "value.instanceId ?? instances[0] ?? '' => value.instanceId ?? instances[0]":
        'Without an instance only messages about none are read.',
      "'part' in value => true": 'What is absent is undefined.',
    },
    expiry: {
      'ttl === undefined => false': 'What is no text is no duration, either.',
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
      '1 => 0': 'Both are greater than every index.',
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
  ...inFile('lambda/domain/policy/routing-set.ts', {
    compileSet: {
      'source.age === undefined => false': 'Undefined is no duration.',
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
  ...inFile('lambda/domain/reconcile/answered-facts.ts', {
    answeredFacts: {
      'connectedAt === undefined => false': 'A time that is not known has no end of its second.',
      'disconnectedAt === undefined => false': 'A time that is not known has no end of its second.',
      'names => true': 'Without names there are neither tags nor segment attributes.',
    },
  }),
  ...inFile('lambda/domain/reconcile/apply-plan.ts', {
    withExactVisit: {
      'former === undefined || queueVisit === undefined => former === undefined':
        'A visit with a former name has one now.',
    },
    nextReconcileAfterPlan: {
      'at !== undefined && at > now => at > now': 'A comparison with undefined is false.',
    },
    nextStatus: {
      'status.retryAt !== undefined && status.retryAt <= now => status.retryAt <= now':
        'A comparison with undefined is false.',
    },
    withValues: {
      'horizon && plan.policy !== undefined => horizon': 'Without a policy there is nothing to keep.',
      'horizon && plan.policy !== undefined => plan.policy !== undefined':
        'A policy governs only in a visit, which has a status.',
    },
    withHorizon: {
      '!status || !target => !target': 'There is a target only in a visit, which has a status.',
    },
    nextDecision: {
      'queueVisit !== undefined && !INACTIVE_REASONS.has(plan.reason) => !INACTIVE_REASONS.has(plan.reason)':
        'A contact in no queue has an inactive plan.',
    },
    dueAtOf: {
      'currentQueue(record.facts)?.enqueuedAt ?? now => currentQueue(record.facts)?.enqueuedAt':
        'Only a contact in a queue comes there.',
      'currentQueue(record.facts)?.enqueuedAt => currentQueue(record.facts).enqueuedAt':
        'Only a contact in a queue comes there.',
      'record.wakeAt !== undefined && reachedAt >= record.wakeAt => reachedAt >= record.wakeAt':
        'A comparison with undefined is false.',
    },
  }),
  ...inFile('lambda/domain/reconcile/description.ts', {
    contradictsClosing: {
      "closedAt !== undefined && closure?.cause !== 'other-region' => closure?.cause !== 'other-region'":
        'A comparison with undefined is false.',
    },
    statusAfter: {
      'queueVisit === undefined || !isCurrentVisit(facts, queueVisitId(answered)) => !isCurrentVisit(facts, queueVisitId(answered))':
        'Without a visit nothing is the current one.',
    },
    scheduleDescribeRetry: {
      'look?.attempts ?? 0 => look?.attempts': 'What is no number is not that many.',
      '0 => 1': 'One attempt more is far from that many.',
    },
  }),
  ...inFile('lambda/domain/reconcile/evaluate-policy.ts', {
    criteriaLast: {
      'facts.attributes => false': 'It saves time alone: what is made there is not read then.',
      'part && matches(part, view) => matches(part, view)': 'The pattern is there, and so is its known part.',
    },
  }),
  ...inFile('lambda/domain/reconcile/outcome.ts', {
    reportUpdate: {
      'rejected && rejected !== before.status?.rejected => rejected !== before.status?.rejected':
        'Only an update that was made ends a rejection.',
      'before.status?.rejected => before.status.rejected': 'A contact with a rejection had a status before.',
      'decision.dueAt ?? now => decision.dueAt': 'An update is of a decision that is due at some time.',
    },
    reportReconcile: {
      'record.wakeAt !== undefined && record.wakeAt <= at => record.wakeAt <= at':
        'A comparison with undefined is false.',
      'record.decision?.reason => record.decision.reason': 'Only a contact with a decision comes there.',
    },
    reportLeft: {
      '!before.decision || queueVisit === undefined => !before.decision':
        'Without a visit the decision is about another one.',
    },
    isOurs: {
      'decision?.reason => decision.reason': 'Only a contact with a decision comes there.',
      'decision?.reason => decision.reason (2)': 'Only a contact with a decision comes there.',
    },
    missedChange: {
      '0 => 1': 'Every contact leaves later than that.',
    },
  }),
  ...inFile('lambda/domain/reconcile/pending-measure.ts', {
    measurePending: {
      'dueAt.filter((at) => at !== undefined) => dueAt': 'A comparison with undefined is false.',
      '0 => 1': 'Neither is a whole second.',
    },
  }),
  ...inFile('lambda/domain/reconcile/pending-order.ts', {
    '(module)': {
      "'u' => 'u~' (2)": 'Only the place in the order counts, and nothing stores it.',
    },
    urgencyKey: {
      'record.look?.at => record.look.at': 'The work says that there is one.',
    },
    readInOrder: {
      'TARGET_KEY.exec(late.sortKey)?.[1] => TARGET_KEY.exec(late.sortKey)[1]': 'Only such a key is late.',
    },
    sortedAt: {
      "(keys.get(a) ?? '') < (keys.get(b) ?? '') => (keys.get(a) ?? '') <= (keys.get(b) ?? '')":
        'Of two equal keys either may come first.',
      "keys.get(a) ?? '' => keys.get(a)": 'All entries have keys.',
      "keys.get(b) ?? '' => keys.get(b)": 'All entries have keys.',
      '1 => 0 (2)': 'Sorting asks only whether the first of two comes before the other.',
    },
  }),
  ...inFile('lambda/domain/reconcile/plan.ts', {
    inactiveReason: {
      '!facts || !currentQueue(facts) => !currentQueue(facts)': 'Without facts a contact is in no queue.',
    },
    expiries: {
      '[...signals, override].filter((at) => at !== undefined) => [...signals, override]':
        'A comparison with undefined is false.',
    },
    candidatePolicies: {
      'view.initialContactId ?? view.contactId => view.initialContactId':
        'The view of a record has an initial contact.',
    },
  }),
  ...inFile('lambda/domain/reconcile/route-values.ts', {
    filledStep: {
      '!values || !set.criteria => !values': 'Only a route has strings to put in, and it makes criteria.',
    },
  }),
  ...inFile('lambda/domain/reconcile/schedule.ts', {
    isBackingOff: {
      '(look ?? status)?.retryAt ?? 0 => (look ?? status)?.retryAt': 'A comparison with undefined is false.',
      '0 => 1': 'No attempt is made so early.',
    },
    isReconcileImminent: {
      'decision?.dueAt ?? 0 => decision?.dueAt': 'What is no number is no least time.',
      '0 => 1': 'No contact is reconciled so early.',
      'wakeAt === undefined || wakeAt - (decision?.dueAt ?? 0) === LEAST_STEP_MS => wakeAt - (decision?.dueAt ?? 0) === LEAST_STEP_MS':
        'A comparison with undefined is false.',
    },
    nextRetryAt: {
      'retryAt === undefined || !pendingWork(record) => !pendingWork(record)': 'It saves time alone.',
    },
    timerFor: {
      'timerAt !== undefined && timerAt > now => timerAt > now': 'A comparison with undefined is false.',
    },
  }),
  ...inFile('lambda/domain/reconcile/shadows.ts', {
    nextShadows: {
      'queueVisit === undefined || INACTIVE_REASONS.has(plan.reason) => INACTIVE_REASONS.has(plan.reason)':
        'A contact in no queue has an inactive plan.',
      'record.status?.initial => record.status.initial':
        'A contact in a queue has a status after its plan was applied.',
    },
  }),
  ...inFile('lambda/domain/reconcile/target-age.ts', {
    targetAge: {
      'policy.target === undefined || !visit => !visit': 'A clock never shows what is no number.',
      'facts?.channel => facts.channel': 'A contact with a visit has facts.',
    },
  }),
  ...inFile('lambda/domain/reconcile/unstaffed-steps.ts', {
    staffedStep: {
      'one && staffedFor(staffing, one, now) => staffedFor(staffing, one, now)':
        'No figure is that of an expression that is not there.',
    },
  }),
  ...inFile('lambda/domain/reconcile/update-result.ts', {
    applyUpdateResult: {
      'record.decision?.generation => record.decision.generation':
        'Only a contact with a decision has an update.',
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
  ...inFile('lambda/domain/settings.ts', {
    settingsFromSource: {
      'routingLag === undefined => false': 'As a text, undefined is no duration.',
    },
  }),
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
  ...inFile('lambda/domain/validation/schema-problems.ts', {
    problemsFromIssue: {
      "typeof part === 'symbol' => false": 'No document has a symbol as a key.',
      "'enum' => 'enum~'": 'It is only to be none of the types that have a correction.',
    },
    valueAt: {
      "Array.isArray(value) && typeof part === 'number' => Array.isArray(value)":
        'The parts of a path below a list are numbers.',
      "Array.isArray(value) && typeof part === 'number' => typeof part === 'number'":
        'Where the path has a number, there is a list.',
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
      'WINDOWS_1252.get(one) ?? one.codePointAt(0) ?? 0 => WINDOWS_1252.get(one) ?? one.codePointAt(0)':
        'A character has a code point.',
      '0 => 1 (2)': 'A character has a code point.',
      'byte > 0xff => byte >= 0xff': 'No text in UTF-8 has the byte 255.',
    },
  }),
  ...inFile('lambda/flow/concerned.ts', {
    isConcerned: {
      'decided.decision?.reason => decided.decision.reason':
        'A contact that was just decided on has a decision.',
    },
  }),
  ...inFile('lambda/flow/configuration/compile.ts', {
    compareTexts: {
      '1 => 0 (2)': 'Sorting asks only whether the first of two comes before the other.',
      'a < b => a <= b': 'No two names are equal.',
    },
    compile: {
      '`${CALENDARS}${name}` => `${name}`': 'It is the name of no other parameter.',
      '`${CONDITIONS}${name}` => `${name}`': 'It is the name of no other parameter.',
      '`${CALENDARS}${name}` => `${CALENDARS}`': 'It saves time alone: a verdict is kept with its text.',
      '`${CONDITIONS}${name}` => `${CONDITIONS}`': 'It saves time alone: a verdict is kept with its text.',
    },
    stillNamed: {
      'previous?.refused.find((refusal) => refusal.parameter === parameter)?.since => previous.refused.find((refusal) => refusal.parameter === parameter)?.since':
        'Only a calendar that was in force can be deleted.',
    },
    isPaused: {
      'isObject(source) && source.pause === true => source.pause === true':
        'Settings in force are an object.',
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
      'record.decision?.dueAt ?? now => record.decision?.dueAt':
        'An update is of a decision that is due at some time.',
      'record.decision?.dueAt => record.decision.dueAt':
        'An update is of a decision that is due at some time.',
      "'invalid' => 'invalid~'": 'Nothing is counted for it, as for a kind that is not known.',
      "'conflict' => 'conflict~'": 'Nothing is counted for it, as for a kind that is not known.',
    },
    applyChange: {
      "without kind: 'done'": 'The caller asks only whether it is a failure.',
      "'done' => 'done~'": 'The caller asks only whether it is a failure.',
      'changed.status?.retryAt => changed.status.retryAt': 'A contact with an update has a status.',
      'retryAt !== undefined && retryAt > now => retryAt > now': 'A comparison with undefined is false.',
      'retryAt > now => retryAt >= now': 'The delay before the next attempt is not 0.',
      'record.status?.rejected => record.status.rejected': 'A contact with an update has a status.',
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
  ...inFile('lambda/flow/dispatch/describe.ts', {
    applyDescribeResult: {
      'work?.kind => work.kind': 'Connect is asked only about a contact with work.',
      "work?.kind === 'look' && isLeftOut(record, description, settings) => isLeftOut(record, description, settings)":
        'Only a contact that is adopted has no facts.',
    },
  }),
  ...inFile('lambda/flow/dispatch/dispatch.ts', {
    dispatchPending: {
      'next && isTimeUp => isTimeUp':
        'Where there is nobody next and the time is up, it has returned before.',
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
  ...inFile('lambda/flow/dispatch/notifications.ts', {
    readNotifications: {
      '!(error instanceof MalformedMessageError) => false': 'Nothing else is thrown there.',
    },
  }),
  ...inFile('lambda/flow/dispatch/recently-served.ts', {
    'RecentlyServed.has': {
      '0 => 1': 'No work falls due so early.',
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
    mostUrgentFirst: {
      'contact.work => true': 'The contacts of a round have work.',
      'a.key > b.key => false': 'Sorting asks only whether the first of two comes before the other.',
      'a.key > b.key => true': 'Sorting asks only whether the first of two comes before the other.',
      'a.key > b.key => a.key >= b.key': 'Sorting asks only whether the first of two comes before the other.',
      '0 => 1': 'Sorting asks only whether the first of two comes before the other.',
      '1 => 0 (2)': 'Sorting asks only whether the first of two comes before the other.',
    },
  }),
  ...inFile('lambda/flow/dispatch/select-pending.ts', {
    selectPending: {
      '0 => 1 (4)': 'No work falls due so early.',
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
  ...inFile('lambda/flow/handle-contact-event.ts', {
    handleContactEvent: {
      'isObject(event) => true': 'What is no object was refused before.',
    },
  }),
  ...inFile('lambda/flow/handle-rule-message.ts', {
    handleMessage: {
      '!(error instanceof MalformedMessageError) => false': 'Nothing else is thrown there.',
    },
  }),
  ...inFile('lambda/flow/poll-queues.ts', {
    pollInstance: {
      'from < keys.length => from <= keys.length': 'Behind the last queue there is nothing to do.',
    },
    metricsByChannel: {
      'read => true': 'Of a channel without loads there are none, either way.',
    },
  }),
  ...inFile('lambda/flow/queue-names.ts', {
    lookUpQueueName: {
      'after?.value => after.value': 'The state after a look-up has a name, or that there is none.',
    },
  }),
  ...inFile('lambda/flow/queue-state.ts', {
    withQueueState: {
      'skipsUnstaffed => true': 'Only a policy that leaves out unstaffed steps looks at figures.',
    },
    changeQueueState: {
      'messages.length > 0 => true': 'To send no message does nothing.',
      'messages.length > 0 => messages.length >= 0': 'To send no message does nothing.',
    },
    keepSignal: {
      'until === undefined => false': 'Without an end, nothing is changed either way.',
    },
  }),
  ...inFile('lambda/flow/recent-contacts.ts', {
    count: {
      'contactView(record, at).initialContactId ?? record.contactId => contactView(record, at).initialContactId':
        'The view of a record has an initial contact.',
      'sameJson(after, contacts) || (await customers.save(key, after, revision)) => await customers.save(key, after, revision)':
        'What is written is the same.',
    },
    withRecentContacts: {
      '!countsContacts || customerId === undefined || isKnown || !record.facts => !countsContacts || customerId === undefined || isKnown':
        'Without facts there is no visit.',
    },
  }),
  ...inFile('lambda/flow/reconcile-message.ts', {
    reconcileMessage: {
      '0 => 1': 'The message is applied before that is read.',
      'false => true': 'The message is applied before that is read.',
    },
  }),
  ...inFile('lambda/flow/reconcile.ts', {
    reconcile: {
      'after.droppedSignals ?? 0 => after.droppedSignals': 'A comparison with what is no number is false.',
      'isChanged && after.timerAt !== undefined => isChanged': 'A comparison with undefined is false.',
    },
    askConnect: {
      'wantedStaffing && queue => wantedStaffing': 'Only the criteria of a contact in a queue want figures.',
      'requests.length > 0 => true': 'To send no message does nothing.',
      'requests.length > 0 => requests.length >= 0': 'To send no message does nothing.',
    },
  }),
  ...inFile('lambda/flow/send-events.ts', {
    removeSent: {
      'first => true': 'A group has at least one event.',
    },
    sendWhileReachable: {
      'start < keys.length => start <= keys.length': 'Behind the last contact there is nothing to send.',
    },
  }),
  ...inFile('lambda/flow/sweep.ts', {
    adoptUnknown: {
      '1 => 0': 'Without an instance there is none to begin with.',
    },
  }),
  ...inFile('lambda/flow/transfer-chain.ts', {
    handOn: {
      'successors.length === 0 => false': 'To send no message does nothing.',
    },
  }),
];
