import type { ContactFacts } from '../../lambda/domain/contact.ts';
import { urgencyOf } from '../../lambda/domain/dealings.ts';
import { foldFacts } from '../../lambda/domain/fold.ts';
import { plan } from '../../lambda/domain/plan.ts';
import { parsePolicy } from '../../lambda/domain/policy/parse.ts';
import { policySet } from '../../lambda/domain/policy/policy.ts';
import { reconciled } from '../../lambda/domain/reconciled.ts';
import { type ContactRecord, emptyRecord } from '../../lambda/domain/record.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import { INSTANCE } from '../../local/scenario/centre.ts';

const QUEUE_ARN = `arn:aws:connect:${INSTANCE.region}:${INSTANCE.account}:instance/${INSTANCE.id}/queue/backlog`;

const PRIORITIES = [1, 2, 3, 4];

/** A priority for each tier. */
const POLICIES = policySet(
  PRIORITIES.flatMap((priority) => {
    const source = {
      match: { tags: { tier: [tierOf(priority)] } },
      steps: [{ after: '0s', set: { priority } }],
    };
    return parsePolicy(`tier-${priority}`, JSON.stringify(source)).policy ?? [];
  }),
);

/** A contact whose change is due. */
export interface PendingContact {
  readonly record: ContactRecord;
  /** As in the index of pending work; no two are the same. */
  readonly urgency: string;
}

/**
 * Contacts that have waited for an hour or less, none so long as the other, in no order of urgency, each with a change
 * that is due.
 */
export function backlog(count: number, settings: Settings, now: number): PendingContact[] {
  const context = { policies: POLICIES, settings, region: INSTANCE.region, instances: [INSTANCE.id] };
  return Array.from({ length: count }, (_, index) => {
    const facts = factsOf(index, now);
    const learned = foldFacts(emptyRecord(facts), facts);
    const record = reconciled(learned, plan(learned, context, now), settings, now);
    const urgency = urgencyOf(record, now);
    if (urgency === undefined) throw new TypeError(`The contact ${facts.contactId} has nothing due.`);
    return { record, urgency };
  });
}

function factsOf(index: number, now: number): ContactFacts {
  const enqueuedAt = now - 1_000 - ((index * 7_919) % 3_600_000);
  return {
    instanceId: INSTANCE.id,
    contactId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    channel: 'VOICE',
    initiationMethod: 'INBOUND',
    tags: { at: enqueuedAt, value: { tier: tierOf(PRIORITIES[index % PRIORITIES.length] ?? 1) } },
    queue: { arn: QUEUE_ARN, type: 'STANDARD', enqueuedAt },
    firstEnqueuedAt: enqueuedAt,
    initiatedAt: enqueuedAt - 1_000,
  };
}

function tierOf(priority: number): string {
  return `tier-${priority}`;
}
