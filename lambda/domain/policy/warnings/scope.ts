import type { PartialPolicy } from './partial-policy.ts';
import type { Warning } from './warning.ts';

/** Returns the warnings about which contacts a policy governs, and when: its rollout and its time zones. */
export function scopeWarnings({ name: policy, rollout = 100, zones }: PartialPolicy): Warning[] {
  const warnings: Warning[] = [];
  if (rollout > 0 && rollout < 1) {
    const percent = Number((rollout * 100).toPrecision(6));
    warnings.push({
      code: 'tiny-rollout',
      policy,
      path: ['rollout'],
      message: `A rollout is in percent: this is one contact in ${Math.round(100 / rollout)}. Write ${percent} for ${percent} %.`,
    });
  }
  const ofZones = zones.map(
    ({ path, advice }): Warning => ({ code: 'time-zone', policy, path, message: advice }),
  );
  return [...warnings, ...ofZones];
}
