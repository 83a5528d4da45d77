import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import { mergeEvent } from '../../lambda/domain/contact/merge.ts';
import { type ContactRecord, emptyRecord } from '../../lambda/domain/contact/record.ts';
import { parsePolicy } from '../../lambda/domain/policy/parse.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import { applyPlan } from '../../lambda/domain/reconcile/apply-plan.ts';
import { indexEntries } from '../../lambda/domain/reconcile/index-entries.ts';
import { plan } from '../../lambda/domain/reconcile/plan.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import { INSTANCE } from '../../local/demo/centre-config.ts';
import { instanceArnOf } from '../../sim/centre/contact-event.ts';

const QUEUE_ARN = `${instanceArnOf(INSTANCE)}/queue/backlog`;

const PRIORITIES = [1, 2, 3, 4];

/** One policy per tier, each with a priority of its own. */
const POLICIES = createPolicySet(
  PRIORITIES.flatMap((priority) => {
    const source = {
      match: { tags: { tier: [tierName(priority)] } },
      steps: [{ after: '0s', set: { priority } }],
    };
    return parsePolicy(`tier-${priority}`, JSON.stringify(source)).policy ?? [];
  }),
);

/** A contact whose change is due. */
export interface BacklogContact {
  readonly record: ContactRecord;
  /** The sort key of the index of pending work; unique. */
  readonly sortKey: string;
}

/**
 * Generates contacts with a change that is due. They have waited for up to an hour, each for a different
 * time, and are in no order of urgency.
 */
export function generateBacklog(count: number, settings: Settings, now: number): BacklogContact[] {
  const context = { policies: POLICIES, settings, region: INSTANCE.region, instances: [INSTANCE.id] };
  return Array.from({ length: count }, (_, index) => {
    const facts = generateFacts(index, now);
    const before = mergeEvent(emptyRecord(facts), facts);
    const record = applyPlan(before, plan(before, context, now), settings, now);
    const sortKey = indexEntries(record, now, settings.ageAdjustment).pending?.sortKey;
    if (sortKey === undefined) throw new TypeError(`No change is due for contact ${facts.contactId}.`);
    return { record, sortKey };
  });
}

function generateFacts(index: number, now: number): ContactFacts {
  const enqueuedAt = now - 1_000 - ((index * 7_919) % 3_600_000);
  return {
    instanceId: INSTANCE.id,
    contactId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    channel: 'VOICE',
    initiationMethod: 'INBOUND',
    tags: { at: enqueuedAt, value: { tier: tierName(PRIORITIES[index % PRIORITIES.length] ?? 1) } },
    queue: { arn: QUEUE_ARN, type: 'STANDARD', enqueuedAt },
    firstEnqueuedAt: enqueuedAt,
    initiatedAt: enqueuedAt - 1_000,
  };
}

function tierName(priority: number): string {
  return `tier-${priority}`;
}
