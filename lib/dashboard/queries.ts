/*
 * Queries of CloudWatch Logs Insights over the log lines of the functions. They cost nothing until somebody looks at the
 * dashboard; a metric for each policy or priority would cost 30 cents a month each.
 */

/** How late changes were made, by the priority that they set; those that set none stand under no priority. */
export const LATENESS_BY_PRIORITY = [
  'filter message = "change" and outcome = "applied"',
  'stats count(*) as changes, pct(latenessMs, 50) / 1000 as medianSeconds, pct(latenessMs, 95) / 1000 as p95Seconds, max(latenessMs) / 1000 as maxSeconds by to.priority as priority',
  'sort priority asc',
];

/**
 * For each policy the contacts that it governed when they left their queue, and how. A contact that a transfer took into
 * another queue is neither answered nor abandoned there. A line may be written twice: each visit of a queue counts once.
 */
export const CONTACTS_BY_POLICY = [
  'filter message = "left" and ispresent(policy)',
  'stats max(strcontains(how, "answered")) as wasAnswered, max(strcontains(how, "abandoned")) as wasAbandoned, max(waitedMs) as waited by policy, contactId, queueId',
  'stats count(*) as contacts, sum(wasAnswered) as answered, sum(wasAbandoned) as abandoned, 100 * sum(wasAnswered) / (sum(wasAnswered) + sum(wasAbandoned)) as answeredPercent, avg(waited) / 1000 as meanWaitSeconds, pct(waited, 90) / 1000 as p90WaitSeconds by policy',
  'sort contacts desc',
  'limit 50',
];

/** For each policy the changes by what became of them. */
export const CHANGES_BY_POLICY = [
  'filter message = "change"',
  'stats count(*) as changes, count_distinct(contactId) as contacts by policy, outcome',
  'sort changes desc',
  'limit 50',
];

/** What was published, and what was refused, latest first. */
export const CONFIGURATION = [
  'filter message in ["A configuration is in force", "A parameter is invalid; its last valid version, where there is one, stays in force"]',
  'display @timestamp, message, revision, parameter, version, inForce',
  'sort @timestamp desc',
  'limit 20',
];
