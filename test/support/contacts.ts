import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import { type ContactRecord, emptyRecord } from '../../lambda/domain/contact/record.ts';
import { parsePolicy } from '../../lambda/domain/policy/parse.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import { indexEntries } from '../../lambda/domain/reconcile/index-entries.ts';
import type { PlanContext } from '../../lambda/domain/reconcile/plan.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../lambda/domain/settings.ts';
import { formatProblem } from '../../lambda/domain/validation/problem.ts';
import type { ContactStore } from '../../lambda/flow/ports.ts';

export const INSTANCE = 'i-1';
const REGION = 'eu-central-1';
export const KEY = { instanceId: INSTANCE, contactId: 'c-1' };
export const QUEUE_ARN = `arn:aws:connect:${REGION}:123456789012:instance/${INSTANCE}/queue/q-1`;

/** When the contacts of the tests entered their queue. */
export const T0 = Date.parse('2026-11-23T10:00:00.250Z');

/** A moment that many seconds after {@link T0}. */
export const atSecond = (seconds: number): number => T0 + seconds * 1_000;

/** A policy from its source; whatever is wrong with it fails the test. */
export function policy(name: string, source: object, settings: Settings = DEFAULT_SETTINGS): Policy {
  const parsed = parsePolicy(name, JSON.stringify(source), settings);
  if (!parsed.policy) throw new TypeError(parsed.problems.map(formatProblem).join('\n'));
  return parsed.policy;
}

/** Policies by name, with the settings that differ from the defaults. */
export function context(policies: Record<string, object>, settings: Partial<Settings> = {}): PlanContext {
  const { agents } = settings;
  const checked = { ...DEFAULT_SETTINGS, ...(agents && { agents }) };
  return {
    policies: createPolicySet(
      Object.entries(policies).map(([name, source]) => policy(name, source, checked)),
    ),
    settings: { ...DEFAULT_SETTINGS, ...settings },
    region: REGION,
    instances: [INSTANCE],
  };
}

/** Saves a record with its index entries, as the flow does. */
export function saveAt(store: ContactStore, record: ContactRecord, revision: number, now: number) {
  return store.save(record, revision, indexEntries(record, now, 'absolute'), now);
}

/** A voice contact that was enqueued at {@link T0}. */
export function queuedContact(facts: Partial<ContactFacts> = {}): ContactRecord {
  return {
    ...emptyRecord(KEY),
    facts: {
      ...KEY,
      channel: 'VOICE',
      initiationMethod: 'INBOUND',
      queue: { arn: QUEUE_ARN, type: 'STANDARD', enqueuedAt: T0 },
      firstEnqueuedAt: T0,
      initiatedAt: T0 - 20_000,
      ...facts,
    },
  };
}
