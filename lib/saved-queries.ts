import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { EscalatorFunction } from './escalator-function.ts';

interface SavedQueriesProps {
  /** The functions that log changes and contacts that left. */
  readonly functions: readonly EscalatorFunction[];
}

/** A query of CloudWatch Logs Insights. */
interface SavedQuery {
  readonly id: string;
  readonly name: string;
  /** The commands, one a line. */
  readonly lines: readonly string[];
}

const LIMIT = 'limit 10000';

/** The queries that answer what was done, for which contact, and why: docs/operations.md has the members of the log lines. */
export const SAVED_QUERIES: readonly SavedQuery[] = [
  {
    id: 'Contact',
    name: 'what was done for a contact',
    lines: [
      'filter contactId = "CONTACT_ID" and message in ["change", "left", "order"]',
      'sort @timestamp asc',
      'display @timestamp, message, order, actor, sender, outcome, how, policy, step, reason, from.priority, to.priority, from.ageSeconds, to.ageSeconds, latenessMs, waitedMs, error',
    ],
  },
  {
    id: 'Policy',
    name: 'what a policy did',
    lines: [
      'filter policy = "POLICY" and message = "change"',
      'stats count(*) as changes, count_distinct(contactId) as contacts, pct(latenessMs, 95) as p95 by step, reason, outcome',
      'sort step asc',
    ],
  },
  {
    id: 'Hour',
    name: 'what was done in an hour',
    lines: [
      'filter message = "change"',
      'sort @timestamp asc',
      'display @timestamp, contactId, queueId, policy, step, reason, outcome, to.priority, to.ageSeconds, latenessMs, error',
      LIMIT,
    ],
  },
  {
    id: 'Policies',
    name: 'contacts of each policy',
    lines: [
      'filter message = "left"',
      'stats count(*) as left, sum(strcontains(how, "answered")) as answered, avg(waitedMs) as meanWaitMs by policy',
      'sort left desc',
    ],
  },
];

/** A query as CloudWatch takes it. */
export function queryText({ lines }: SavedQuery): string {
  return lines.join('\n| ');
}

/** The saved queries in the console of CloudWatch Logs Insights. They cost nothing until somebody runs one. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { functions }: SavedQueriesProps) {
    super(scope, id);
    for (const query of SAVED_QUERIES) {
      new CfnQueryDefinition(this, query.id, {
        name: `${Stack.of(this).stackName}/${query.name}`,
        queryString: queryText(query),
        logGroupNames: functions.map((fn) => fn.logGroup.logGroupName),
      });
    }
  }
}
