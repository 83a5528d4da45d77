import { inFile, type ListedMutant } from './listed-mutant.ts';

/** The mutants that behave like the code, so that no test can kill them, each with why nothing can tell it from the code. */
export const EQUIVALENTS: readonly ListedMutant[] = [
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
  ...inFile('lambda/domain/calendar/time-zone.ts', {
    findSpans: {
      'offset === offsetAfter => false': 'Without a change, the second span has no time in it.',
      'Math.floor((before + after) / 2_000) => Math.ceil((before + after) / 2_000)':
        'Either second lies between the two.',
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
  ...inFile('lambda/domain/condition/held-conditions.ts', {
    nextConditions: {
      'Object.hasOwn(held, name) => true':
        'Of the members that every object has, a condition can only be called constructor, and that has no times.',
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
  ...inFile('lambda/domain/policy/steps/validate.ts', {
    validateUrgency: {
      'priority !== undefined && step.priority > priority => step.priority > priority':
        'A comparison with undefined is false.',
      'ageSeconds !== undefined && step.ageSeconds < ageSeconds => step.ageSeconds < ageSeconds':
        'A comparison with undefined is false.',
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
    withAllowed: {
      "other?.message ?? '' => other?.message": 'As a text, undefined is no message of that form.',
    },
    keyOffset: {
      'true => false': 'The flag concerns scalars, and a scalar has no keys.',
      'keys.find(({ value }) => value === problem.path.at(-1))?.range?.[0] => keys.find(({ value }) => value === problem.path.at(-1))?.range[0]':
        'The parser gives every node its range.',
      'parent.items.map(({ key }) => key).filter(isScalar) => parent.items.map(({ key }) => key)':
        'All keys of a document that was read are scalars.',
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
  ...inFile('lambda/domain/validation/readings.ts', {
    pathOf: {
      'isPair(ancestor) && isScalar(ancestor.key) => isPair(ancestor)':
        'All keys of a document that was read are scalars.',
      'isPair(ancestor) && isScalar(ancestor.key) => isScalar(ancestor.key)': 'Only pairs have a key.',
    },
    'unexpectedReadings.Node': {
      "'tag' in node && node.tag !== undefined => node.tag !== undefined": 'An alias has no tag.',
      "source ?? '' => source": 'The parser gives every scalar its source.',
      "isScalar(node) && typeof node.value === 'number' && node.source !== undefined => isScalar(node) && typeof node.value === 'number'":
        'The parser gives every scalar its source.',
      "isScalar(node) && typeof node.value === 'number' => typeof node.value === 'number'":
        'Only scalars are numbers.',
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
