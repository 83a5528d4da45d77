import { inFile, type ListedMutant } from '../listed-mutant.ts';

export const RECONCILE: readonly ListedMutant[] = [
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
      'record.facts?.initiatedAt => record.facts.initiatedAt': 'Only a contact in a queue comes there.',
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
    evaluateSteps: {
      'without criteria': 'The set has the same ones; they are named for the types.',
    },
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
      ...Object.fromEntries(
        [
          'without attributes: attributesAreKnown(record, attributeNames)',
          '!namesQueues || queueNameIsKnown(record) => queueNameIsKnown(record)',
          ...['true', '!isAllKnown(knownOfAll) && known.attributes', 'policy.matchNeedsAttributes'].map(
            (change) =>
              `!isAllKnown(knownOfAll) && known.attributes && policy.matchNeedsAttributes => ${change}`,
          ),
          ...['!isAllKnown(knownOfAll)', 'known.attributes'].map(
            (change) => `!isAllKnown(knownOfAll) && known.attributes => ${change}`,
          ),
          'pattern && !matches(pattern, view) => !matches(pattern, view)',
        ].map((change) => [
          change,
          'Where less counts as known, or a pattern is matched once more, the same policies are candidates, later.',
        ]),
      ),
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
];
