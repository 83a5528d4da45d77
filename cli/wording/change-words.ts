import { formatDuration } from '../../lambda/domain/duration.ts';
import type { Cause } from '../state/changes/cause.ts';
import type { RecentChange, ValueChange } from '../state/changes/recent-changes.ts';

/** What an update changed: `priority 5 → 3`, `age 0s → 30s`, `another route`. */
export function changeWords({ priority, ageSeconds, isRerouted }: RecentChange): string {
  return [
    ...(priority ? [`priority ${valueWords(priority, String)}`] : []),
    ...(ageSeconds ? [`age ${valueWords(ageSeconds, formatDuration)}`] : []),
    ...(isRerouted ? ['another route'] : []),
  ].join(', ');
}

function valueWords({ from, to }: ValueChange, format: (value: number) => string): string {
  return from === undefined ? format(to) : `${format(from)} → ${format(to)}`;
}

/** Why a change is made: `gold-callers, step 1`, `override by ann`; empty where it is not known. */
export function causeWords({ policy, step, override }: Cause): string {
  if (override) return override.actor === undefined ? 'override' : `override by ${override.actor}`;
  if (policy === undefined) return '';
  return step === undefined ? policy : `${policy}, step ${step}`;
}
