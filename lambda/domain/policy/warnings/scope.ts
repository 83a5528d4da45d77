import { timezoneWarnings } from '../../calendar/warnings.ts';
import type { PartialPolicy } from './partial-policy.ts';
import type { Warning } from './warning.ts';

/** Returns the warnings about which contacts a policy governs, and when: its rollout and the time zones of its hours. */
export function scopeWarnings({ name: policy, rollout, timezones }: PartialPolicy): Warning[] {
  const odd = timezones.flatMap(({ timezone, path }) => timezoneWarnings(timezone, path));
  const warnings = odd.map((warning): Warning => ({ policy, ...warning }));
  if (rollout === undefined || rollout <= 0 || rollout >= 1) return warnings;
  const percent = Number((rollout * 100).toPrecision(6));
  const message = `A rollout is in percent: this is one contact in ${Math.round(100 / rollout)}. Write ${percent} for ${percent} %.`;
  return [{ code: 'tiny-rollout', policy, path: ['rollout'], message }, ...warnings];
}
