import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import { callsPerContact } from '../../lambda/domain/policy/warnings/index.ts';
import { type Settings, updateLimits } from '../../lambda/domain/settings.ts';

/** The load that one policy can put on the quota of UpdateContactRoutingData. */
export interface PolicyLoad {
  readonly policy: string;
  /** Calls for a contact that waits through all steps, all conditions of which hold. */
  readonly callsPerContact: number;
  /** Calls per second, if it governed every contact that its rollout lets in. */
  readonly callsPerSecond: number;
  /** The part of the usable quota that this is: 1 is all of it. */
  readonly share: number;
}

/** The load that policies can put on the quota. */
export interface Load {
  readonly arrivalsPerSecond: number;
  /** Calls per second that this system may make: `updateRate` x `updateShare`. */
  readonly quotaPerSecond: number;
  readonly policies: readonly PolicyLoad[];
  /** A contact is governed by one policy at a time, so all of them cause no more than the greatest one. */
  readonly most: { readonly callsPerSecond: number; readonly share: number };
}

/**
 * The load of policies at an arrival rate, if every contact waited through all steps. That is the worst that can
 * be: contacts that are answered sooner take fewer calls.
 */
export function estimateLoad(
  policies: readonly Policy[],
  settings: Settings,
  arrivalsPerSecond: number,
): Load {
  const quotaPerSecond = updateLimits(settings).ratePerSecond;
  const loads = createPolicySet(policies).policies.map((policy): PolicyLoad => {
    const calls = callsPerContact(policy);
    const callsPerSecond = calls * arrivalsPerSecond * (policy.rollout / 100);
    return {
      policy: policy.name,
      callsPerContact: calls,
      callsPerSecond,
      share: callsPerSecond / quotaPerSecond,
    };
  });
  const callsPerSecond = Math.max(0, ...loads.map((load) => load.callsPerSecond));
  return {
    arrivalsPerSecond,
    quotaPerSecond,
    policies: loads,
    most: { callsPerSecond, share: callsPerSecond / quotaPerSecond },
  };
}

/** The load for people. */
export function formatLoad(load: Load): string {
  const rows = [
    ['policy', 'calls a contact', 'calls/s', 'of the quota'],
    ...load.policies.map((one) => [
      one.policy,
      String(one.callsPerContact),
      formatDecimal(one.callsPerSecond),
      formatPercent(one.share),
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
    `Load at ${formatDecimal(load.arrivalsPerSecond)} contacts/s, each of which waits through all steps ` +
    `(quota for this system: ${formatDecimal(load.quotaPerSecond)} calls/s):\n` +
    `${table.map((row) => `  ${row}\n`).join('')}` +
    `A contact has one policy at a time, so at most ${formatDecimal(load.most.callsPerSecond)} calls/s, ` +
    `${formatPercent(load.most.share)} of the quota.\n`
  );
}

function formatDecimal(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function formatPercent(share: number): string {
  return `${formatDecimal(share * 100)} %`;
}
