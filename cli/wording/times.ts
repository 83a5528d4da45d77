import { formatTime } from '../format.ts';

/** Writes a moment, given in milliseconds since the epoch, for people. */
export type FormatMoment = (at: number) => string;

/**
 * How moments are written for a reader in a time zone: `2026-11-23 11:00:00 (10:00:00Z)`, with UTC in brackets, and its
 * date where that is another one. In UTC itself: `2026-11-23T10:00:00Z`. Milliseconds are left out.
 *
 * @param timezone - a name that Intl accepts.
 */
export function momentFormat(timezone: string): FormatMoment {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const isUtc = isUtcZone(timezone);
  return (at) => {
    const utc = formatTime(at - (((at % 1_000) + 1_000) % 1_000));
    if (isUtc) return utc;
    const local = format.format(at);
    const [date, time] = utc.split('T');
    return `${local} (${local.startsWith(`${date}`) ? time : utc})`;
  };
}

/** Whether a time zone is UTC by another name. */
export function isUtcZone(timezone: string): boolean {
  return /^(?:Etc\/)?(?:UTC|GMT|UCT|Zulu|Universal)$/i.test(timezone);
}
