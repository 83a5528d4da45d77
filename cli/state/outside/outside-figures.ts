import type { AlarmDescription } from '../../../lambda/aws/alarm-description.ts';
import type { DeadLetterDepth } from '../../aws/dead-letter-depths.ts';

/**
 * What is known of the system besides the table, from CloudWatch and SQS. A part is absent where it may not be read, or
 * was never read. Times are milliseconds since the epoch.
 */
export interface OutsideFigures {
  readonly metrics?: MetricFigures;
  /** Absent as well where the deployment is without alarms. */
  readonly alarms?: AlarmFigures;
  readonly deadLetters?: DeadLetterFigures;
  /** What could not be read, and why: one sentence each. */
  readonly missing: readonly string[];
}

/** The last hour by the metrics of the handlers. */
export interface MetricFigures {
  /** The end of the last minute that they cover: CloudWatch has a minute one to three minutes later. */
  readonly until: number;
  /** The minutes of the hour in order, from the first to the last with data. */
  readonly minutes: readonly MetricMinute[];
  /** Of the changes of the hour; absent where none was made. */
  readonly lateness?: Lateness;
}

/** The metrics of a minute. */
export interface MetricMinute {
  /** Its start. */
  readonly at: number;
  /** Calls of UpdateContactRoutingData, whatever their outcome. */
  readonly calls: number;
  /** Calls among them that Connect throttled. */
  readonly throttled: number;
  /** Of the changes of the minute; absent where none was made. */
  readonly lateness?: Lateness;
  /** Contacts that the sweep found waiting; absent where it did not run. */
  readonly waiting?: number;
  /** Calls per second that the settings allowed, 0 while paused; absent where the sweep did not run. */
  readonly allowed?: number;
}

/** How late changes were, in milliseconds. */
export interface Lateness {
  readonly medianMs: number;
  readonly p95Ms: number;
}

/** The alarms of the deployment. */
export interface AlarmFigures {
  readonly readAt: number;
  readonly count: number;
  /** Those in the state ALARM. */
  readonly ringing: readonly RingingAlarm[];
}

export interface RingingAlarm extends AlarmDescription {
  readonly name: string;
  /** Absent where CloudWatch does not say. */
  readonly since?: number;
}

/** Messages that had no effect, as SQS estimates. */
export interface DeadLetterFigures {
  readonly readAt: number;
  readonly queues: readonly DeadLetterDepth[];
}
