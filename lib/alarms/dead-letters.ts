import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { type AlarmDefinition, type AlarmSubjects, ONCE } from './definition.ts';

/** An alarm for each dead-letter queue: it rings while the queue has a message. */
export function deadLetterAlarms({ contactEvents, ruleMessages, dispatch, policyChanges }: AlarmSubjects) {
  return {
    ContactEventsDeadLetters: deadLetters(contactEvents.deadLetterQueue, {
      meaning: 'A contact event could not be processed: the system decides about its contact without it.',
      runbookAnchor: 'dead-letters-of-contact-events',
    }),
    RuleMessagesDeadLetters: deadLetters(ruleMessages.signals.deadLetterQueue, {
      meaning: 'A signal was malformed, sent to the wrong queue or failed 12 times: it had no effect.',
      runbookAnchor: 'dead-letters-of-rule-messages',
    }),
    OperatorMessagesDeadLetters: deadLetters(ruleMessages.operators.deadLetterQueue, {
      meaning:
        "An operator's message was malformed, sent to the wrong queue or failed 12 times: it had no effect.",
      runbookAnchor: 'dead-letters-of-operator-messages',
    }),
    WakeUpsDeadLetters: deadLetters(ruleMessages.wakeUps.deadLetterQueue, {
      meaning: 'A wake-up failed 12 times: the sweep wakes its contact, up to a minute and a half late.',
      runbookAnchor: 'dead-letters-of-wake-ups',
    }),
    DispatchDeadLetters: deadLetters(dispatch.deadLetterQueue, {
      meaning: 'Dispatch failed on a message five times: updates may be late.',
      runbookAnchor: 'dead-letters-of-dispatch',
    }),
    PolicyChangesDeadLetters: deadLetters(policyChanges.deadLetterQueue, {
      meaning: 'A change of a policy was not processed: queued contacts are reconciled later than usual.',
      runbookAnchor: 'dead-letters-of-policy-changes',
    }),
  };
}

function deadLetters(
  queue: IQueue,
  texts: Pick<AlarmDefinition, 'meaning' | 'runbookAnchor'>,
): AlarmDefinition {
  return {
    severity: 'lookToday',
    metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1) }),
    threshold: 1,
    evaluation: ONCE,
    ...texts,
  };
}
