/** A stretch of time in which the clocks of a zone keep one distance from UTC. */
interface OffsetSpan {
  readonly from: number;
  /** Not part of it. */
  readonly until: number;
  /** By how many milliseconds the clocks are ahead of UTC. */
  readonly offset: number;
}

interface ZoneCache {
  readonly format: Intl.DateTimeFormat;
  /** By days of UTC since the epoch, as they are asked for. */
  readonly spansByDay: Map<number, readonly OffsetSpan[]>;
}

export const DAY_MS = 86_400_000;

/** More than any zone was ever ahead of UTC or behind it: 15 h 13 min, Alaska before 1867. */
const MAX_OFFSET_MS = 16 * 3_600_000;

/** Some eleven years for each zone: enough for any look ahead, and no leak. */
const MAX_CACHED_DAYS = 4_096;

/** Asking Intl costs a microsecond, making a format fifty: what was asked once is kept, and never changes. */
const ZONES = new Map<string, ZoneCache>();

/**
 * What a clock in the zone shows that jumps ahead with all others, but stands still where they are set back until
 * they have caught up: each reading comes once and in order, which the readings of a wall clock do not.
 *
 * @param timezone - a name that Intl knows.
 * @param at - milliseconds since the epoch.
 * @returns the reading, as the milliseconds since the epoch at which a clock on UTC shows the same.
 */
export function monotonicLocalTime(timezone: string, at: number): number {
  const zone = zoneOf(timezone);
  const day = Math.floor(at / DAY_MS);
  // No clock was ever set back by more than a day, so what it showed before yesterday is no longer ahead.
  return Math.max(latestLocalTime(spansOn(zone, day - 1), at), latestLocalTime(spansOn(zone, day), at));
}

/**
 * The first moment at which the clock of {@link monotonicLocalTime} shows a reading or a later one: when clocks jump over
 * it, the moment of the jump; when they show it twice, the first time.
 *
 * @param reading - as the milliseconds since the epoch at which a clock on UTC shows the same.
 */
export function firstInstantOf(timezone: string, reading: number): number {
  const zone = zoneOf(timezone);
  for (let day = Math.floor((reading - MAX_OFFSET_MS) / DAY_MS); ; day++) {
    for (const { from, until, offset } of spansOn(zone, day)) {
      const at = Math.max(from, reading - offset);
      if (at < until) return at;
    }
  }
}

/**
 * True for names of the IANA time zone database that say a place (`Europe/Berlin`), and for `UTC` and `GMT`; in any case.
 *
 * Intl takes more, and none of it as people mean it: `+01:00` and `EST` know no daylight-saving time, and `BST` is
 * Bangladesh's.
 */
export function isTimezone(name: string): boolean {
  if (!/\/|^(?:UTC|GMT)$/i.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function latestLocalTime(pieces: readonly OffsetSpan[], at: number): number {
  let furthest = Number.NEGATIVE_INFINITY;
  for (const { from, until, offset } of pieces) {
    if (from <= at) furthest = Math.max(furthest, Math.min(at, until - 1) + offset);
  }
  return furthest;
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
  let pieces = zone.spansByDay.get(day);
  if (!pieces) {
    if (zone.spansByDay.size >= MAX_CACHED_DAYS) zone.spansByDay.clear();
    pieces = findSpans(zone.format, day * DAY_MS, (day + 1) * DAY_MS);
    zone.spansByDay.set(day, pieces);
  }
  return pieces;
}

/** Clocks are changed at most once a day, and on a whole second. */
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

/** Intl writes `GMT+05:45`, `GMT` for none, and seconds where a zone had them before it kept whole minutes. */
function offsetAt(format: Intl.DateTimeFormat, at: number): number {
  const written = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(format.format(at));
  if (!written) return 0;
  const [, sign, hours, minutes, seconds] = written;
  const size = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds ?? 0) * 1_000;
  return sign === '-' ? -size : size;
}
