import { Duration } from 'aws-cdk-lib/core';
import type { EscalatorFunction } from '../escalator-function.ts';
import {
  type AlarmDefinition,
  type AlarmSubjects,
  type Evaluation,
  PERSISTENT,
  RETRIED,
  type Severity,
} from './definition.ts';

const PERIOD = Duration.minutes(1);

/** The alarms on the functions themselves: that they fail, or that Lambda does not let them run. */
export function functionAlarms(subjects: AlarmSubjects) {
  const { contactEvents, ruleMessages, dispatch, policyChanges, sweep } = subjects;
  return {
    ContactEventsErrors: errors('ContactEvents', contactEvents, 'callersAffected'),
    RuleMessagesErrors: errors('RuleMessages', ruleMessages, 'callersAffected', RETRIED),
    DispatchErrors: errors('Dispatch', dispatch, 'callersAffected'),
    PolicyChangesErrors: errors('PolicyChanges', policyChanges, 'lookToday'),
    SweepErrors: errors('Sweep', sweep, 'lookToday'),
    ContactEventsThrottles: throttles('ContactEvents', contactEvents, 'callersAffected'),
    RuleMessagesThrottles: throttles('RuleMessages', ruleMessages, 'callersAffected'),
    DispatchThrottles: throttles('Dispatch', dispatch, 'callersAffected'),
    PolicyChangesThrottles: throttles('PolicyChanges', policyChanges, 'lookToday'),
    SweepThrottles: throttles('Sweep', sweep, 'lookToday'),
  };
}

interface HasFunction {
  readonly function: EscalatorFunction;
}

function errors(
  name: string,
  { function: fn }: HasFunction,
  severity: Severity,
  evaluation: Evaluation = PERSISTENT,
): AlarmDefinition {
  return {
    severity,
    metric: fn.metricErrors({ period: PERIOD }),
    threshold: 1,
    evaluation,
    meaning: `The ${name} function fails repeatedly: its events and messages are retried and late.`,
    runbookAnchor: 'function-errors',
  };
}

function throttles(name: string, { function: fn }: HasFunction, severity: Severity): AlarmDefinition {
  return {
    severity,
    metric: fn.metricThrottles({ period: PERIOD }),
    threshold: 1,
    evaluation: PERSISTENT,
    meaning: `The ${name} function gets no concurrency: its events and messages wait.`,
    runbookAnchor: 'throttled-functions',
  };
}
