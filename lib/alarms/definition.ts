import { type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { ContactEvents } from '../contact-events.ts';
import type { Dispatch } from '../dispatch.ts';
import type { ConnectInstances } from '../instance-arns.ts';
import type { PolicyChanges } from '../policy-changes.ts';
import type { RuleMessages } from '../rule-messages.ts';
import type { Sweep } from '../sweep.ts';

/**
 * How soon somebody must act: at once, because the calls, chats and tasks that wait are not escalated as they should be;
 * or on the same day, because one contact or the safety net is affected.
 */
export type Severity = 'callersAffected' | 'lookToday';

/** How the description of an alarm begins. */
export const SEVERITY_TEXTS: Readonly<Record<Severity, string>> = {
  callersAffected: 'Callers are affected',
  lookToday: 'Look today',
};

/** What the alarms watch. */
export interface AlarmSubjects {
  readonly instances: Pick<ConnectInstances, 'ids'>;
  readonly ruleMessages: RuleMessages;
  readonly dispatch: Dispatch;
  readonly contactEvents: ContactEvents;
  readonly policyChanges: PolicyChanges;
  readonly sweep: Sweep;
  /** The bus of the rules for the events of Connect. Undefined for the default bus. */
  readonly eventBus: IEventBus | undefined;
}

/** When an alarm rings: after so many data points at its threshold, of the last ones. */
export interface Evaluation {
  readonly periods: number;
  readonly datapoints: number;
  readonly missingData: TreatMissingData;
}

/** A condition that somebody must look into. */
export interface AlarmDefinition {
  readonly severity: Severity;
  readonly metric: IMetric;
  /** The alarm rings at this value and above; `yes` where the metric is 1 or 0, and no other threshold makes sense. */
  readonly threshold: number | 'yes';
  readonly evaluation: Evaluation;
  /** What the alarm means, in one sentence. */
  readonly meaning: string | ((threshold: number) => string);
  /** Anchor of the heading in docs/runbook.md. */
  readonly runbookAnchor: string;
}

/** An event, which each time is worth a look. */
export const ONCE: Evaluation = { periods: 1, datapoints: 1, missingData: TreatMissingData.NOT_BREACHING };

/** What passes by itself unless it persists. */
export const PERSISTENT: Evaluation = { ...ONCE, periods: 5, datapoints: 3 };

/**
 * A rule message that keeps failing comes back after 2, 4, 8, 16, 32 and 64 seconds, and then every two to three
 * minutes: of a lasting cause, five minutes may hold no more than two with a failure. A passing one is over within
 * seconds, in one minute or at the turn of two.
 */
export const RETRIED: Evaluation = { ...ONCE, periods: 5, datapoints: 2 };

/** A state that shows whenever something runs into it: the alarm lasts for five minutes after the last time. */
export const MET: Evaluation = { ...ONCE, periods: 5 };

/** A state that is measured every minute: a minute without data changes nothing. */
export const MEASURED: Evaluation = { ...ONCE, missingData: TreatMissingData.IGNORE };

/** A number of seconds for people: whole minutes as minutes. */
export function minutes(seconds: number): string {
  return seconds > 60 && seconds % 60 === 0 ? `${seconds / 60} minutes` : `${seconds} seconds`;
}
