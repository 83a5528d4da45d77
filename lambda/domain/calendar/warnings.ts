import type { Path, Problem } from '../validation/problem.ts';
import { resolvedTimezone } from './time-zone.ts';

/**
 * What is odd about the time zone of a calendar: a name that means the opposite of what it looks like, or an old one.
 *
 * @param path - the position of the time zone in its document.
 */
export function timezoneWarnings(timezone: string, path: Path): (Problem & { readonly code: 'time-zone' })[] {
  const message = timezoneMessage(timezone);
  return message === undefined ? [] : [{ code: 'time-zone', path, message }];
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
