/*
 * Time zone arithmetic on Intl.DateTimeFormat. Replace it with Temporal.ZonedDateTime once the LTS release of
 * Node.js has Temporal; Node 24 has not. See https://tc39.es/proposal-temporal/docs/ and
 * https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Temporal#browser_compatibility.
 */

/** A span of time in which a time zone has one offset from UTC. Times are milliseconds since the epoch. */
interface OffsetSpan {
  readonly from: number;
  /** Exclusive. */
  readonly until: number;
  /** The milliseconds by which local clocks are ahead of UTC. */
  readonly offset: number;
}

interface ZoneCache {
  readonly format: Intl.DateTimeFormat;
  /** By UTC day since the epoch. Filled on demand. */
  readonly spansByDay: Map<number, readonly OffsetSpan[]>;
}

export const DAY_MS = 86_400_000;

/** Greater than the offset of any zone at any time. The greatest is 15 h 13 min, of Alaska before 1867. */
const MAX_OFFSET_MS = 16 * 3_600_000;

/** The limit of the cache of one zone: about eleven years, more than any search covers. */
const MAX_CACHED_DAYS = 4_096;

/**
 * A call of Intl takes a microsecond and a new format takes fifty, so results are cached. They never change.
 */
const ZONES = new Map<string, ZoneCache>();

/**
 * Returns the local time on a clock that is set forward like all others, but that pauses while they repeat an
 * hour. So it shows each local time at most once and in order, as a wall clock does not.
 *
 * @param timezone - a name that Intl accepts.
 * @param at - milliseconds since the epoch.
 * @returns the local time, as the milliseconds since the epoch at which a UTC clock shows the same time.
 */
export function monotonicLocalTime(timezone: string, at: number): number {
  const zone = zoneOf(timezone);
  const day = Math.floor(at / DAY_MS);
  // No clock was ever set back by more than a day, so the local times before yesterday do not matter.
  return Math.max(latestLocalTime(spansOn(zone, day - 1), at), latestLocalTime(spansOn(zone, day), at));
}

/**
 * Returns the first moment at which {@link monotonicLocalTime} is a local time or a later one: the moment of
 * the change if clocks skip the local time, the first occurrence if they repeat it.
 *
 * @param localTime - the milliseconds since the epoch at which a UTC clock shows the same time.
 * @returns milliseconds since the epoch.
 */
export function firstInstantOf(timezone: string, localTime: number): number {
  const zone = zoneOf(timezone);
  for (let day = Math.floor((localTime - MAX_OFFSET_MS) / DAY_MS); ; day++) {
    for (const { from, until, offset } of spansOn(zone, day)) {
      const at = Math.max(from, localTime - offset);
      if (at < until) return at;
    }
  }
}

/**
 * True for names from the IANA time zone database that name a place (`Europe/Berlin`), and for `UTC` and
 * `GMT`. Upper and lower case are equal.
 *
 * Intl accepts other names with surprising meanings: `+01:00` and `EST` have no daylight-saving time, and
 * `BST` is Bangladesh Standard Time.
 */
export function isTimezone(name: string): boolean {
  if (!/\/|^(?:UTC|GMT)$/i.test(name)) return false;
  try {
    // Kept, since every compilation of the policies asks again.
    zoneOf(name);
    return true;
  } catch {
    return false;
  }
}

/** The present name of a time zone that may have an old one: `America/New_York` for `US/Eastern`. */
export function resolvedTimezone(timezone: string): string {
  return new Intl.DateTimeFormat('en-US', { timeZone: timezone }).resolvedOptions().timeZone;
}

/** Returns the latest local time that the spans have shown by `at`. */
function latestLocalTime(spans: readonly OffsetSpan[], at: number): number {
  let latest = Number.NEGATIVE_INFINITY;
  for (const { from, until, offset } of spans) {
    if (from <= at) latest = Math.max(latest, Math.min(at, until - 1) + offset);
  }
  return latest;
}

function zoneOf(timezone: string): ZoneCache {
  let zone = ZONES.get(timezone);
  if (!zone) {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' });
    zone = { format, spansByDay: new Map() };
    ZONES.set(timezone, zone);
  }
  return zone;
}

function spansOn(zone: ZoneCache, day: number): readonly OffsetSpan[] {
  let spans = zone.spansByDay.get(day);
  if (!spans) {
    if (zone.spansByDay.size >= MAX_CACHED_DAYS) zone.spansByDay.clear();
    spans = findSpans(zone.format, day * DAY_MS, (day + 1) * DAY_MS);
    zone.spansByDay.set(day, spans);
  }
  return spans;
}

/**
 * Finds the change of the offset in a day, by bisection. Clocks change at most once a day, on a whole second.
 */
function findSpans(format: Intl.DateTimeFormat, from: number, until: number): OffsetSpan[] {
  const offset = offsetAt(format, from);
  const offsetAfter = offsetAt(format, until);
  if (offset === offsetAfter) return [{ from, until, offset }];
  let [before, after] = [from, until];
  while (after - before > 1_000) {
    const middle = Math.floor((before + after) / 2_000) * 1_000;
    if (offsetAt(format, middle) === offset) before = middle;
    else after = middle;
  }
  return [
    { from, until: after, offset },
    { from: after, until, offset: offsetAfter },
  ];
}

/**
 * Intl formats an offset as `GMT+05:45`, no offset as `GMT`, and includes seconds where historical offsets
 * have them.
 */
function offsetAt(format: Intl.DateTimeFormat, at: number): number {
  const match = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(format.format(at));
  if (!match) return 0;
  const [, sign, hours, minutes, seconds] = match;
  const offset = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds ?? 0) * 1_000;
  return sign === '-' ? -offset : offset;
}
