import { closestMatch } from '../validation/suggestion.ts';
import type { Calendar } from './calendar.ts';
import { isTimezone, resolvedTimezone } from './time-zone.ts';

/** Names by country. Intl tells no other old name from the present one: it prefers Asia/Calcutta to Asia/Kolkata. */
const OLD_NAME = /^(?:US|Canada|Brazil|Chile|Mexico)\//i;

/**
 * What is unwise about a valid time zone, and what to write instead; undefined for an ordinary one. Wherever a text
 * names a time zone, this judges it.
 */
export function timezoneAdvice(timezone: string): string | undefined {
  const [, sign, hours = ''] = /^Etc\/GMT([+-])(\d{1,2})$/i.exec(timezone) ?? [];
  if (Number(hours) !== 0) {
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

/** The same of a calendar that is written out in a text; undefined for one that policies share, which has its own text. */
export function timezoneAdviceOf(calendar: Calendar | undefined): string | undefined {
  return calendar && calendar.name === undefined ? timezoneAdvice(calendar.timezone) : undefined;
}

/** Abbreviations mean several zones each, and those that Intl knows are seldom meant: EST has no daylight-saving time. */
const ABBREVIATION = /^[A-Z]{3,4}$/i;

/** As people in the United States say it: Eastern Time. */
const UNITED_STATES =
  /^(?:US[\s/_-]*)?(eastern|central|mountain|pacific)(?:\s+(?:standard\s+|daylight\s+)?time)?$/i;

const CITIES: Readonly<Record<string, string>> = {
  eastern: 'America/New_York',
  central: 'America/Chicago',
  mountain: 'America/Denver',
  pacific: 'America/Los_Angeles',
};

/** What to write for a name that is no time zone: the zone of that city, one of a similar name, or what Intl takes it for. */
export function suggestTimezone(name: string): string | undefined {
  const [, word] = UNITED_STATES.exec(name.trim()) ?? [];
  if (word !== undefined) return CITIES[word.toLowerCase()];
  const zones = Intl.supportedValuesOf('timeZone').map((zone) => ({ zone, city: cityOf(zone) }));
  const city = cityOf(name.trim().replaceAll(' ', '_'));
  const region = name.slice(0, name.indexOf('/') + 1).toLowerCase();
  const inRegion = zones.filter(({ zone }) => zone.toLowerCase().startsWith(region));
  const exact = zones.find((one) => one.city === city);
  if (exact) return exact.zone;
  if (ABBREVIATION.test(name)) return undefined;
  // A similar name of another beginning is another place: Athens is not München.
  const likely = inRegion.filter((one) => one.city.charAt(0) === city.charAt(0));
  const cities = likely.map((one) => one.city);
  const similar = closestMatch(city, cities);
  return likely.find((one) => one.city === similar)?.zone ?? resolvedName(name);
}

/** The last part of a name, as in Europe/Berlin, in lower case. */
function cityOf(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).toLowerCase();
}

function resolvedName(name: string): string | undefined {
  try {
    const resolved = resolvedTimezone(name);
    return isTimezone(resolved) ? resolved : undefined;
  } catch {
    return undefined;
  }
}
