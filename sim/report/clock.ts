const LOCAL = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;
const DAY_MINUTES = 1_440;

/** The start in its own UTC offset: `2026-09-07 08:00 UTC`. */
export function formatStart(startsAt: string): string {
  const [, date, hour, minute, offset] = LOCAL.exec(startsAt) ?? [];
  if (date === undefined) return startsAt;
  const zone = offset === 'Z' ? ' UTC' : offset === undefined ? '' : ` UTC${offset}`;
  return `${date} ${hour}:${minute}${zone}`;
}

/**
 * The time of day `minutes` after the start, in its own UTC offset: `09:30`. For more than 36 hours, the day:
 * `day 2`.
 */
export function formatClock(startsAt: string, minutes: number, hours: number): string {
  const [, , hour = '0', minute = '0'] = LOCAL.exec(startsAt) ?? [];
  const total = Number(hour) * 60 + Number(minute) + minutes;
  if (hours > 36) return `day ${Math.floor(total / DAY_MINUTES) + 1}`;
  const minuteOfDay = total % DAY_MINUTES;
  return [Math.floor(minuteOfDay / 60), Math.floor(minuteOfDay % 60)]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}
