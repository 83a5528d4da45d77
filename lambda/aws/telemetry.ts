import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import type { CallsStopped } from '../domain/configuration/acting-settings.ts';
import type { LeftOutPolicy, Refusal } from '../domain/configuration/compiled.ts';
import type { ContactKey } from '../domain/contact/contact-key.ts';
import type { EventOrigin } from '../domain/contact/parse-event.ts';
import { isObject } from '../domain/json.ts';
import type { MalformedMessageError } from '../domain/messages/rule-message.ts';
import {
  CHANGE_MESSAGE,
  type ChangeLine,
  CONFIGURED_MESSAGE,
  type ConfiguredLine,
  LEFT_MESSAGE,
  type LeftLine,
  ORDER_MESSAGE,
  type OrderLine,
} from '../domain/outgoing-events/lines.ts';
import type { UpdateAttempt } from '../domain/reconcile/next-update.ts';
import type { PendingMeasure } from '../domain/reconcile/pending-measure.ts';
import type { ShadowChange } from '../domain/reconcile/shadows.ts';
import { formatPath, formatProblem } from '../domain/validation/problem.ts';
import { VERSION } from '../domain/version.ts';
import { visibleText } from '../domain/visible-text.ts';
import type { ConfigurationTelemetry } from '../flow/configuration/ports.ts';
import type { Telemetry } from '../flow/ports.ts';
import { messageOf } from './errors.ts';
import { METRICS } from './metric-names.ts';
import type { ReaderTelemetry } from './published-configuration.ts';

/** Invalid parameters that one log line lists, at most. */
const MAX_LISTED = 20;

/** An id from outside that a log line names is cut to so many characters. */
const MAX_ID_LENGTH = 128;

const STOPPED: Readonly<Record<CallsStopped, string>> = {
  paused: 'the kill switch is on',
  'settings-unknown': 'no valid version of the settings is known',
  'no-configuration': 'no policies and settings have been compiled yet',
};

/**
 * Logs and metrics of a handler. Contacts appear by their ids alone: no number, name or attribute of a customer is
 * ever logged.
 */
export class PowertoolsTelemetry implements Telemetry, ConfigurationTelemetry, ReaderTelemetry {
  // Made when there is something to say: most invocations say nothing, and the first one of a process is waited for.
  #logger: Logger | undefined;
  #audit: Logger | undefined;
  #metrics: Metrics | undefined;
  #invocation: { readonly context: Context; readonly isFirst: boolean } | undefined;

  /** @param metrics - receives what is counted. */
  constructor(metrics?: Metrics) {
    this.#metrics = metrics;
  }

  get logger(): Logger {
    this.#logger ??= this.#createLogger({});
    return this.#logger;
  }

  /** For lines that say who did what. They are written whatever the level of the other lines is. */
  get audit(): Logger {
    this.#audit ??= this.#createLogger({ logLevel: 'INFO' });
    return this.#audit;
  }

  /** To be called at the start of each invocation. */
  begin(context: Context): void {
    this.#invocation = { context, isFirst: this.#invocation === undefined };
    this.#logger?.addContext(context);
    this.#audit?.addContext(context);
  }

  /** To be called at the end of each invocation, however it ended. */
  end(): void {
    if (this.#metrics?.hasStoredMetrics()) this.#metrics.publishStoredMetrics();
  }

  #createLogger(options: Pick<ConstructorParameters<typeof Logger>[0] & object, 'logLevel'>): Logger {
    const logger = new Logger({
      persistentKeys: { version: VERSION },
      jsonReplacerFn: visibleMembers,
      ...options,
    });
    if (!this.#invocation) return logger;
    const { context, isFirst } = this.#invocation;
    // A logger takes the first context that it gets for that of a process that has just started.
    if (!isFirst) logger.addContext(context);
    logger.addContext(context);
    return logger;
  }

  #counted(): Metrics {
    this.#metrics ??= new Metrics();
    return this.#metrics;
  }

  changeApplied(latenessMs: number): void {
    this.#count(METRICS.changesApplied);
    this.#counted().addMetric(METRICS.lateness, MetricUnit.Milliseconds, latenessMs);
  }

  /** The members are a format that people and queries rely on: docs/operations.md. */
  changeReported(line: ChangeLine): void {
    this.logger.info(CHANGE_MESSAGE, { ...line });
  }

  contactLeft(line: LeftLine): void {
    this.logger.info(LEFT_MESSAGE, { ...line });
  }

  /** Written whatever level the functions log: it says who changed the routing of which contact. */
  ordered(line: OrderLine): void {
    this.audit.info(ORDER_MESSAGE, { ...line });
  }

  /** Written whatever level the functions log, likewise. */
  configured(line: ConfiguredLine): void {
    this.audit.info(CONFIGURED_MESSAGE, { ...line });
  }

  eventsUnsent(count: number, reason: string): void {
    this.#counted().addMetric(METRICS.unsentEvents, MetricUnit.Count, count);
    this.logger.error('EventBridge did not accept events; the next sweep sends them again', {
      count,
      reason,
    });
  }

  /** The log has the policy: a metric for each policy would cost more than it says. */
  shadowChanged(key: ContactKey, change: ShadowChange): void {
    this.#count(METRICS.shadowChanges);
    this.logger.info('An observing policy would have changed the routing of the contact', {
      ...idsOf(key),
      ...change,
    });
  }

  callThrottled(): void {
    this.#count(METRICS.throttledCalls);
  }

  updateRejected(key: ContactKey, attempt: UpdateAttempt, message: string): void {
    this.#count(METRICS.rejectedChanges);
    this.logger.error(
      'Connect rejected a routing update; it will not be retried until the desired routing changes',
      {
        ...idsOf(key),
        request: { ...attempt.update },
        reason: message,
      },
    );
  }

  accessDenied(message: string): void {
    this.#count(METRICS.accessDenied);
    this.logger.error('IAM denied a call to Connect; all changes stay pending until access is granted', {
      reason: message,
    });
  }

  questionUnanswered(key: ContactKey, message: string): void {
    this.#count(METRICS.unansweredQuestions);
    this.logger.warn('DescribeContact gave no answer; the change waits for it and the question is retried', {
      ...idsOf(key),
      reason: message,
    });
  }

  outcomeUnknown(key: ContactKey, message: string): void {
    this.#count(METRICS.unknownOutcomes);
    this.logger.warn('The outcome of a routing update is unknown; it will be retried', {
      ...idsOf(key),
      reason: message,
    });
  }

  contactClosed(key: ContactKey, message: string): void {
    this.#count(METRICS.closedContacts);
    this.logger.info('Connect no longer lets this system act on the contact; the contact is closed', {
      ...idsOf(key),
      reason: message,
    });
  }

  contactFailed(key: ContactKey, error: unknown): void {
    this.#count(METRICS.failedContacts);
    this.logger.error(
      'Dispatch failed for one contact; it stays pending, and the other contacts were not affected',
      {
        ...idsOf(key),
        reason: messageOf(error),
      },
    );
  }

  recentContactsUnknown(key: ContactKey, error: unknown): void {
    this.logger.warn(
      'The earlier contacts of the customer cannot be counted; the contact is decided without them',
      {
        ...idsOf(key),
        reason: messageOf(error),
      },
    );
  }

  chainUnreadable(key: ContactKey, error: Error): void {
    this.#count(METRICS.failedContacts);
    this.logger.error(
      'A record of a contact before this one cannot be read; this contact is decided without what it hands on',
      {
        ...idsOf(key),
        reason: messageOf(error),
      },
    );
  }

  signalsDropped(key: ContactKey, count: number): void {
    this.logger.warn('A contact has too many signals; the oldest were dropped, and its history names them', {
      ...idsOf(key),
      count,
    });
  }

  contactsSwept(waiting: number, overdue: number): void {
    this.#counted().addMetric(METRICS.waitingContacts, MetricUnit.Count, waiting);
    this.#counted().addMetric(METRICS.overdueWakeUps, MetricUnit.Count, overdue);
    if (overdue > 0) {
      this.logger.warn('Wake-ups are overdue; their contacts are reconciled now', {
        waiting,
        overdue,
      });
    }
  }

  pendingMeasured({ count, oldestAgeSeconds, stuckSeconds }: PendingMeasure): void {
    this.#counted().addMetric(METRICS.pendingChanges, MetricUnit.Count, count);
    this.#counted().addMetric(METRICS.oldestPendingAge, MetricUnit.Seconds, oldestAgeSeconds);
    this.#counted().addMetric(METRICS.stuckSeconds, MetricUnit.Seconds, stuckSeconds);
  }

  rateMeasured(updatesPerSecond: number): void {
    this.#counted().addMetric(METRICS.updateRate, MetricUnit.CountPerSecond, updatesPerSecond);
  }

  malformedEvent(eventId: unknown, error: Error): void {
    this.#count(METRICS.malformedEvents);
    this.logger.error('A contact event cannot be parsed', {
      eventId: typeof eventId === 'string' ? eventId.slice(0, MAX_ID_LENGTH) : 'unknown',
      reason: error.message,
    });
  }

  /** Logged without values, since a message may carry personal data. The dead-letter queue has the whole message. */
  malformedMessage(messageId: string, error: MalformedMessageError, sender?: string): void {
    this.#count(METRICS.malformedMessages);
    this.logger.error('A message cannot be parsed and went to the dead-letter queue', {
      messageId,
      sender,
      problems: error.problems.map(({ code, path }) => `${code} at ${formatPath(path) || 'the top'}`),
      problemCount: error.problemCount,
    });
  }

  contactsFound(unknown: number, isComplete: boolean): void {
    if (!isComplete) {
      this.logger.warn('More contacts are open than one sweep can search; use escalator adopt', { unknown });
    } else if (unknown > 0) {
      this.logger.info('Contacts wait that no event reported; Connect is asked about them', { unknown });
    }
  }

  searchFailed(error: unknown): void {
    this.logger.warn('The search for contacts that wait unknown failed; it is repeated in 15 minutes', {
      reason: messageOf(error),
    });
  }

  loadUnreadable(error: unknown): void {
    this.logger.warn(
      'The load of queues cannot be read; conditions keep their state for a minute, and then end',
      {
        reason: messageOf(error),
      },
    );
  }

  queueNameUnreadable(queueArn: string, error: unknown): void {
    this.logger.warn(
      'The name of a queue cannot be looked up; where policies name it, nothing is decided about its contacts',
      { queueArn, reason: messageOf(error) },
    );
  }

  staffingUnreadable(queueArn: string, error: unknown): void {
    this.logger.warn('How many agents are staffed cannot be read; routes of skipUnstaffed stay whole', {
      queueArn,
      reason: messageOf(error),
    });
  }

  messageFailed(messageId: string, error: unknown): void {
    this.#count(METRICS.failedMessages);
    this.logger.error('A message failed; it will be delivered again', {
      messageId,
      reason: messageOf(error),
    });
  }

  eventLeftOut(origin: EventOrigin): void {
    this.#count(METRICS.eventsLeftOut);
    this.logger.info('An event had no effect: it is of a test contact or of an archive that is replayed', {
      origin,
    });
  }

  configurationPublished(revision: number, refused: readonly Refusal[]): void {
    this.logger.info('A configuration is in force', { revision });
    for (const refusal of refused) {
      this.logger.error(
        'A parameter is invalid; its last valid version, where there is one, stays in force',
        {
          ...summaryOf(refusal),
          problems: refusal.problems.map(
            (problem) => `${problem.line}:${problem.column} ${formatProblem(problem)}`,
          ),
        },
      );
    }
  }

  historyUnreadable(parameter: string, error: unknown): void {
    this.logger.error(
      'The history of an invalid parameter cannot be read; what was in force stays in force',
      {
        parameter,
        reason: messageOf(error),
      },
    );
  }

  configurationState(refused: readonly Refusal[], stopped: CallsStopped | undefined): void {
    this.#counted().addMetric(METRICS.invalidPolicies, MetricUnit.Count, refused.length);
    this.#counted().addMetric(METRICS.callsStopped, MetricUnit.Count, stopped ? 1 : 0);
    if (refused.length > 0) {
      this.logger.warn('Parameters are invalid', {
        count: refused.length,
        refused: refused.slice(0, MAX_LISTED).map(summaryOf),
      });
    }
    if (stopped) this.callsStopped(stopped);
  }

  callsStopped(reason: CallsStopped): void {
    this.logger.warn(`Nothing is called: ${STOPPED[reason]}`, { reason });
  }

  policyLeftOut({ name, reason }: LeftOutPolicy): void {
    this.logger.error('This code cannot build a policy that is in force; the policy is left out', {
      policy: name,
      reason,
    });
  }

  #count(metric: string): void {
    this.#counted().addMetric(metric, MetricUnit.Count, 1);
  }
}

/** JSON escapes a part of what a terminal acts on, so people may read a log in a terminal only if this escapes the rest. */
function visibleMembers(_name: string, value: unknown): unknown {
  if (typeof value === 'string') return visibleText(value);
  if (!isObject(value)) return value;
  const names = Object.keys(value);
  if (names.every((name) => visibleText(name) === name)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [visibleText(name), member]));
}

function summaryOf({ parameter, version, since, inForce }: Refusal) {
  return { parameter, version, since: new Date(since).toISOString(), inForce: inForce ?? 'none' };
}

function idsOf({ instanceId, contactId }: ContactKey) {
  return { instanceId, contactId };
}
