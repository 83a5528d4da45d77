import { resolvedTimezone } from '../../calendar/time-zone.ts';
import type { PartialPolicy } from './partial-policy.ts';
import type { Warning } from './warning.ts';

/** Returns the warnings about which contacts a policy governs, and when: its rollout and its time zone. */
export function scopeWarnings({ name: policy, rollout, timezone }: PartialPolicy): Warning[] {
  const warnings: Warning[] = [];
  if (rollout !== undefined && rollout > 0 && rollout < 1) {
    const percent = Number((rollout * 100).toPrecision(6));
    warnings.push({
      code: 'tiny-rollout',
      policy,
      path: ['rollout'],
      message: `A rollout is in percent: this is one contact in ${Math.round(100 / rollout)}. Write ${percent} for ${percent} %.`,
    });
  }
  const message = timezone === undefined ? undefined : timezoneMessage(timezone);
  if (message !== undefined)
    warnings.push({ code: 'time-zone', policy, path: ['during', 'timezone'], message });
  return warnings;
}

/** Names by country. Intl tells no other old name from the present one: it prefers Asia/Calcutta to Asia/Kolkata. */
const OLD_NAME = /^(?:US|Canada|Brazil|Chile|Mexico)\//i;

function timezoneMessage(timezone: string): string | undefined {
  const [, sign, hours = ''] = /^Etc\/GMT([+-])(\d{1,2})$/i.exec(timezone) ?? [];
  if (sign !== undefined && Number(hours) !== 0) {
    const [means, opposite] = sign === '+' ? ['behind', '-'] : ['ahead of', '+'];
    return (
      `${timezone} is ${Number(hours)} h ${means} UTC, the opposite of its sign, and has no daylight-saving time. ` +
      `Write the name of a place, such as Europe/Berlin, or Etc/GMT${opposite}${hours} for UTC${sign}${hours}.`
    );
  }
  if (!OLD_NAME.test(timezone)) return undefined;
  const resolved = resolvedTimezone(timezone);
  return `${timezone} is an old name of ${resolved}. Write ${resolved}.`;
}
