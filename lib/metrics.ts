import { Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { METRICS, METRICS_NAMESPACE, SERVICE } from '../lambda/aws/metric-names.ts';

/** A metric that the functions publish, by its key in `METRICS`. */
export type OwnMetricName = keyof typeof METRICS;

/** The statistics of metrics that are no counts of events. */
const STATISTICS: Partial<Record<OwnMetricName, string>> = {
  lateness: Stats.percentile(95),
  invalidPolicies: Stats.MAXIMUM,
  callsStopped: Stats.MAXIMUM,
  overdueWakeUps: Stats.MAXIMUM,
  waitingContacts: Stats.MAXIMUM,
  oldestPendingAge: Stats.MAXIMUM,
  pendingChanges: Stats.MAXIMUM,
  stuckSeconds: Stats.MAXIMUM,
  updateRate: Stats.MAXIMUM,
};

/** A metric of the functions. Default: over 5 minutes; p95 of the lateness, the maximum of what a sweep measures, otherwise the sum. */
export function ownMetric(name: OwnMetricName, options?: MetricOptions): Metric {
  return new Metric({
    namespace: METRICS_NAMESPACE,
    metricName: METRICS[name],
    dimensionsMap: { service: SERVICE },
    statistic: STATISTICS[name] ?? Stats.SUM,
    ...options,
  });
}

/**
 * A construct that has the metrics of the functions as methods. Each returns the metric over 5 minutes unless the
 * options say otherwise: of `Lateness` the 95th percentile, of what a sweep measures the maximum, of the others the sum.
 */
export class MeasuredConstruct extends Construct {
  /** Calls that Connect throttled because the quota was spent. The change stays pending. */
  metricThrottledCalls(options?: MetricOptions): Metric {
    return ownMetric('throttledCalls', options);
  }

  /** Milliseconds from the moment that a change was due to the call that made it. */
  metricLateness(options?: MetricOptions): Metric {
    return ownMetric('lateness', options);
  }

  /** Calls that IAM denied. Dispatch stops; everything stays pending. */
  metricAccessDenied(options?: MetricOptions): Metric {
    return ownMetric('accessDenied', options);
  }

  /** Updates that Connect rejected as invalid. Not sent again until the desired routing changes. */
  metricRejectedChanges(options?: MetricOptions): Metric {
    return ownMetric('rejectedChanges', options);
  }

  /** Policies, calendars, conditions and settings whose current version is refused now; reported every minute. */
  metricInvalidPolicies(options?: MetricOptions): Metric {
    return ownMetric('invalidPolicies', options);
  }

  /** 1 while nothing is called on purpose or for want of valid settings, otherwise 0; reported every minute. */
  metricCallsStopped(options?: MetricOptions): Metric {
    return ownMetric('callsStopped', options);
  }

  /** Rule messages and notifications that could not be parsed and went to the dead-letter queue. */
  metricMalformedMessages(options?: MetricOptions): Metric {
    return ownMetric('malformedMessages', options);
  }

  /** Rule messages that failed and are delivered again, and malformed messages that could not be set aside. */
  metricFailedMessages(options?: MetricOptions): Metric {
    return ownMetric('failedMessages', options);
  }

  /** Contact events that could not be parsed. */
  metricMalformedEvents(options?: MetricOptions): Metric {
    return ownMetric('malformedEvents', options);
  }

  /** Events of test contacts, and of archives that are replayed. */
  metricEventsLeftOut(options?: MetricOptions): Metric {
    return ownMetric('eventsLeftOut', options);
  }

  /** Changes that Connect accepted. */
  metricChangesApplied(options?: MetricOptions): Metric {
    return ownMetric('changesApplied', options);
  }

  /** Changes that observing policies would have made. */
  metricShadowChanges(options?: MetricOptions): Metric {
    return ownMetric('shadowChanges', options);
  }

  /** Calls whose outcome is unknown: time-outs, lost connections, internal errors. */
  metricUnknownOutcomes(options?: MetricOptions): Metric {
    return ownMetric('unknownOutcomes', options);
  }

  /** Calls of DescribeContact without an answer, for a change that waits for it. */
  metricUnansweredQuestions(options?: MetricOptions): Metric {
    return ownMetric('unansweredQuestions', options);
  }

  /** Outgoing events that EventBridge did not accept in a sweep. The next sweep sends them again. */
  metricUnsentEvents(options?: MetricOptions): Metric {
    return ownMetric('unsentEvents', options);
  }

  /** Times that dispatch failed for one contact, which stays pending, or that a record before a contact was unreadable. */
  metricFailedContacts(options?: MetricOptions): Metric {
    return ownMetric('failedContacts', options);
  }

  /** Contacts that Connect does not find, or that another Region owns: closed for this system. */
  metricClosedContacts(options?: MetricOptions): Metric {
    return ownMetric('closedContacts', options);
  }

  /** Contacts whose wake-up a sweep found overdue by half a minute or more. */
  metricOverdueWakeUps(options?: MetricOptions): Metric {
    return ownMetric('overdueWakeUps', options);
  }

  /** Contacts that a sweep found waiting in queues. */
  metricWaitingContacts(options?: MetricOptions): Metric {
    return ownMetric('waitingContacts', options);
  }

  /** Seconds since the oldest of the most urgent 1,000 pending changes fell due; 0 when none is pending. */
  metricOldestPendingAge(options?: MetricOptions): Metric {
    return ownMetric('oldestPendingAge', options);
  }

  /** Changes that a sweep found due, at most 1,000 updates and 1,000 questions of each instance. */
  metricPendingChanges(options?: MetricOptions): Metric {
    return ownMetric('pendingChanges', options);
  }

  /** Seconds for which changes have been due while dispatch made no call; 0 while none is due, or calls are made. */
  metricStuckSeconds(options?: MetricOptions): Metric {
    return ownMetric('stuckSeconds', options);
  }

  /** Updates per second that the settings allow: the quota that this system may use; 0 while paused. */
  metricUpdateRate(options?: MetricOptions): Metric {
    return ownMetric('updateRate', options);
  }
}
