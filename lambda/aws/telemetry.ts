import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import type { ContactKey } from '../domain/contact.ts';
import type { MadeCall } from '../domain/outcome.ts';
import type { PlacedProblem } from '../domain/policy/document.ts';
import { formatPath, formatProblem } from '../domain/problems.ts';
import type { MalformedMessageError } from '../domain/rule-message.ts';
import type { Telemetry } from '../flow/ports.ts';
import { messageOf } from './errors.ts';
import { METRICS } from './metric-names.ts';

/**
 * Logs and metrics of a handler. Contacts are named by their ids alone: no number, name or attribute of a customer
 * is ever logged.
 */
export class PowertoolsTelemetry implements Telemetry {
  readonly logger = new Logger();
  readonly #metrics = new Metrics();

  /** To be called at the start of each invocation. */
  begin(context: Context): void {
    this.logger.addContext(context);
  }

  /** To be called at the end of each invocation, however it ended. */
  end(): void {
    if (this.#metrics.hasStoredMetrics()) this.#metrics.publishStoredMetrics();
  }

  changeApplied(latenessMs: number): void {
    this.#count(METRICS.changesApplied);
    this.#metrics.addMetric(METRICS.lateness, MetricUnit.Milliseconds, latenessMs);
  }

  callThrottled(): void {
    this.#count(METRICS.throttledCalls);
  }

  callRefused(key: ContactKey, call: MadeCall, message: string): void {
    this.#count(METRICS.rejectedChanges);
    this.logger.error('Connect refused a change; it is not tried again until something else is wanted', {
      ...idsOf(key),
      request: { ...call.update },
      reason: message,
    });
  }

  accessDenied(message: string): void {
    this.#count(METRICS.accessDenied);
    this.logger.error('Connect denied access; every change stays pending until it is granted', {
      reason: message,
    });
  }

  outcomeUnknown(key: ContactKey, message: string): void {
    this.#count(METRICS.unknownOutcomes);
    this.logger.warn('A call had an unknown outcome and will be made again', {
      ...idsOf(key),
      reason: message,
    });
  }

  contactClosed(key: ContactKey, message: string): void {
    this.#count(METRICS.closedContacts);
    this.logger.info('Connect does not find the contact; it is left alone from now on', {
      ...idsOf(key),
      reason: message,
    });
  }

  contactFailed(key: ContactKey, error: unknown): void {
    this.#count(METRICS.failedContacts);
    this.logger.error('Dispatch failed for a contact, which stays pending; the others went on', {
      ...idsOf(key),
      reason: messageOf(error),
    });
  }

  contactsSwept(waiting: number, overdue: number): void {
    this.#metrics.addMetric(METRICS.waitingContacts, MetricUnit.Count, waiting);
    this.#metrics.addMetric(METRICS.overdueWakeUps, MetricUnit.Count, overdue);
    if (overdue > 0)
      this.logger.warn('Wake-ups were lost or are late; their contacts are looked at now', {
        waiting,
        overdue,
      });
  }

  oldestPending(ageSeconds: number): void {
    this.#metrics.addMetric(METRICS.oldestPending, MetricUnit.Seconds, ageSeconds);
  }

  malformedEvent(eventId: unknown, error: Error): void {
    this.#count(METRICS.malformedEvents);
    this.logger.error('A contact event cannot be understood', {
      eventId: String(eventId),
      reason: error.message,
    });
  }

  /** Told without what was found: a message may carry anything. The dead-letter queue has it whole. */
  malformedMessage(messageId: string, error: MalformedMessageError): void {
    this.#count(METRICS.malformedMessages);
    this.logger.error('A rule message cannot be understood and was put into the dead-letter queue', {
      messageId,
      problems: error.problems.map(({ code, path }) => `${code} at ${formatPath(path) || 'the top'}`),
    });
  }

  invalidParameter(parameter: string, problems: readonly PlacedProblem[]): void {
    this.#count(METRICS.invalidPolicies);
    this.logger.error('A parameter is invalid; its last valid version stays in force where one is known', {
      parameter,
      problems: problems.map((problem) => `${problem.line}:${problem.column} ${formatProblem(problem)}`),
    });
  }

  parametersUnreadable(error: unknown): void {
    this.logger.warn('SSM does not answer; the policies and settings last read stay in force', {
      reason: messageOf(error),
    });
  }

  #count(metric: string): void {
    this.#metrics.addMetric(metric, MetricUnit.Count, 1);
  }
}

function idsOf({ instanceId, contactId }: ContactKey) {
  return { instanceId, contactId };
}
