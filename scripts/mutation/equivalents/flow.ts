import { inFile, type ListedMutant } from '../listed-mutant.ts';

export const FLOW: readonly ListedMutant[] = [
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
      'record.status?.rejected => record.status.rejected': 'A contact with an update has a status.',
    },
  }),
  ...inFile('lambda/flow/wake-up.ts', {
    scheduleNextAttempt: {
      'at !== undefined && at > ports.clock.now() => at > ports.clock.now()':
        'A comparison with undefined is false.',
      'at > ports.clock.now() => at >= ports.clock.now()': 'The delay before the next attempt is not 0.',
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
  ...inFile('lambda/flow/dispatch/rate-limiter.ts', {
    'RateLimiter.#change': {
      'ahead && ahead !== before[api].ahead => ahead !== before[api].ahead':
        'What was taken ahead stays in the bucket until other tokens take its place.',
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
    orderKeyOf: { 'work => true': 'The contacts of a round have work.' },
    mostUrgentFirst: {
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
    withoutFiredTimer: {
      'record.timerAt !== undefined && record.timerAt <= now => record.timerAt <= now':
        'A comparison with undefined is false.',
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
