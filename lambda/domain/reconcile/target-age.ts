import { isCurrentVisit, latestVisit } from '../contact/facts.ts';
import type { ContactRecord } from '../contact/record.ts';
import { isOfPolicy, shadowsOfVisit } from '../contact/shadows.ts';
import { horizonSeconds } from '../horizon.ts';
import type { Policy } from '../policy/policy.ts';
import { MAX_AGE_SECONDS } from '../routing/routing.ts';
import type { Settings } from '../settings.ts';
import { clockStart, whenPolicyClockShows } from './policy-clock.ts';

/** The age by which Connect ranks a contact by when it is due. */
export interface TargetAge {
  /** When the contact should be answered, in milliseconds since the epoch. */
  readonly dueAt: number;
  /** From when Connect ranks the contact in this queue, in milliseconds since the epoch. */
  readonly rankedAt: number;
  /** When a contact without a target that was queued at the same time would be due. */
  readonly horizonSeconds: number;
  /** `horizon - (due - ranked)`. 0 or less: no age would bring the contact forward, and none is wanted. */
  readonly ageSeconds: number;
}

/**
 * The age of the policy's target. Connect ranks the contacts of one priority by time in queue plus age. With the age
 * `horizon - (due - ranked)`, that sum is `horizon` for each of them at the moment when it is due: so the one that is
 * due first is answered first. The horizon is that of the moment at which the first target of the visit was worked out.
 *
 * @returns undefined without a target, and where the policy's clock never shows it.
 */
export function targetAge(policy: Policy, record: ContactRecord, settings: Settings): TargetAge | undefined {
  const { facts } = record;
  const visit = latestVisit(facts);
  if (policy.target === undefined || !visit) return undefined;
  const horizon = knownHorizon(policy, record) ?? horizonSeconds(settings.horizon, facts?.channel);
  const targetSeconds = policy.target === 'horizon' ? horizon : policy.target;
  const dueAt = whenPolicyClockShows(targetSeconds * 1_000, policy, record, clockStart(policy, record));
  if (dueAt === Number.POSITIVE_INFINITY) return undefined;
  const rankedAt = visit.enqueuedAt;
  const ageSeconds = Math.min(MAX_AGE_SECONDS, Math.floor(horizon - (dueAt - rankedAt) / 1_000));
  return { dueAt, rankedAt, horizonSeconds: horizon, ageSeconds };
}

/** The horizon of this visit, once it is known. Another visit had one of its own, and a shadow has its own past. */
function knownHorizon({ name, mode }: Policy, { facts, status, shadows }: ContactRecord): number | undefined {
  if (mode === 'observe') return shadowsOfVisit(shadows, facts).find(isOfPolicy(name))?.horizonSeconds;
  return status && isCurrentVisit(facts, status.queueVisit) ? status.horizonSeconds : undefined;
}
