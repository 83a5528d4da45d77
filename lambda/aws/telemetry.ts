import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import type { ContactKey } from '../domain/contact/contact-key.ts';
import type { MalformedMessageError } from '../domain/messages/rule-message.ts';
import type { UpdateAttempt } from '../domain/reconcile/next-update.ts';
import type { LocatedProblem } from '../domain/validation/document.ts';
import { formatPath, formatProblem } from '../domain/validation/problem.ts';
import { VERSION } from '../domain/version.ts';
import type { Telemetry } from '../flow/ports.ts';
import { messageOf } from './errors.ts';
import { METRICS } from './metric-names.ts';

/**
 * Logs and metrics of a handler. Contacts appear by their ids alone: no number, name or attribute of a customer is
 * ever logged.
 */
export class PowertoolsTelemetry implements Telemetry {
  readonly logger = new Logger({ persistentKeys: { version: VERSION } });
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

  contactsSwept(waiting: number, overdue: number): void {
    this.#metrics.addMetric(METRICS.waitingContacts, MetricUnit.Count, waiting);
    this.#metrics.addMetric(METRICS.overdueWakeUps, MetricUnit.Count, overdue);
    if (overdue > 0) {
      this.logger.warn('Wake-ups are overdue; their contacts are reconciled now', {
        waiting,
        overdue,
      });
    }
  }

  oldestPending(ageSeconds: number): void {
    this.#metrics.addMetric(METRICS.oldestPendingAge, MetricUnit.Seconds, ageSeconds);
  }

  malformedEvent(eventId: unknown, error: Error): void {
    this.#count(METRICS.malformedEvents);
    this.logger.error('A contact event cannot be parsed', {
      eventId: String(eventId),
      reason: error.message,
    });
  }

  /** Logged without values, since a message may carry personal data. The dead-letter queue has the whole message. */
  malformedMessage(messageId: string, error: MalformedMessageError): void {
    this.#count(METRICS.malformedMessages);
    this.logger.error('A rule message cannot be parsed and went to the dead-letter queue', {
      messageId,
      problems: error.problems.map(({ code, path }) => `${code} at ${formatPath(path) || 'the top'}`),
    });
  }

  invalidParameter(parameter: string, problems: readonly LocatedProblem[]): void {
    this.#count(METRICS.invalidPolicies);
    this.logger.error('A parameter is invalid; its last valid version, where there is one, stays in use', {
      parameter,
      problems: problems.map((problem) => `${problem.line}:${problem.column} ${formatProblem(problem)}`),
    });
  }

  parametersUnreadable(error: unknown): void {
    this.logger.warn('SSM does not answer; the policies and settings that were last read stay in use', {
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
