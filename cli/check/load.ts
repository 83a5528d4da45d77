import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import { callsPerContact, mostCallsPerContact } from '../../lambda/domain/policy/warnings/quota.ts';
import { type Settings, updateLimits } from '../../lambda/domain/settings.ts';

/** The load that one policy can put on the quota of UpdateContactRoutingData. */
export interface PolicyLoad {
  readonly policy: string;
  /** Updates of a contact that waits through all steps and meets all their conditions. */
  readonly callsPerContact: number;
  /** Calls per second, if the policy governed every contact within its rollout. */
  readonly callsPerSecond: number;
  /** `callsPerSecond` over the quota of this system: 1 is all of it. */
  readonly share: number;
}

/** The load that policies can put on the quota at an arrival rate. */
export interface Load {
  readonly arrivalsPerSecond: number;
  /** Calls per second that the settings allow this system: `updateRate` x `updateShare`. */
  readonly quotaPerSecond: number;
  readonly policies: readonly PolicyLoad[];
  /** The load of all policies: one governs a contact at a time, so those with the most calls as far as they reach. */
  readonly max: { readonly callsPerSecond: number; readonly share: number };
}

/**
 * Estimates the load of policies if every contact waits through all steps. This is the worst case: a contact
 * that is answered sooner needs fewer calls.
 */
export function estimateLoad(
  policies: readonly Policy[],
  settings: Settings,
  arrivalsPerSecond: number,
): Load {
  const quotaPerSecond = updateLimits(settings).ratePerSecond;
  const ordered = createPolicySet(policies).policies;
  const loads = ordered.map((policy): PolicyLoad => {
    const calls = callsPerContact(policy);
    const callsPerSecond = calls * arrivalsPerSecond * (policy.rollout / 100);
    return {
      policy: policy.name,
      callsPerContact: calls,
      callsPerSecond,
      share: callsPerSecond / quotaPerSecond,
    };
  });
  const callsPerSecond = mostCallsPerContact(ordered) * arrivalsPerSecond;
  return {
    arrivalsPerSecond,
    quotaPerSecond,
    policies: loads,
    max: { callsPerSecond, share: callsPerSecond / quotaPerSecond },
  };
}

export function formatLoad(load: Load): string {
  const rows = [
    ['policy', 'calls per contact', 'calls/s', 'quota share'],
    ...load.policies.map(({ policy, callsPerContact, callsPerSecond, share }) => [
      policy,
      String(callsPerContact),
      formatDecimal(callsPerSecond),
      formatPercent(share),
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const table = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  return (
    `Load at ${formatDecimal(load.arrivalsPerSecond)} contacts/s, if each contact waits through all steps ` +
    `(quota of this system: ${formatDecimal(load.quotaPerSecond)} calls/s):\n` +
    `${table.map((row) => `  ${row}\n`).join('')}` +
    'One policy governs a contact at a time, so the load is at most ' +
    `${formatDecimal(load.max.callsPerSecond)} calls/s, ${formatPercent(load.max.share)} of the quota.\n`
  );
}

function formatDecimal(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function formatPercent(share: number): string {
  return `${formatDecimal(share * 100)} %`;
}
