import { lazy } from '../lazy.ts';

/** Days as they are written here, by other words for them in English, German and French. */
const DAYS = lazy(
  (): ReadonlyMap<string, string> =>
    new Map(
      Object.entries({
        Mon: 'mo mon monday montag montags lun lundi',
        Tue: 'tu tue tues tuesday di dienstag dienstags mar mardi',
        Wed: 'we wed weds wednesday mi mittwoch mittwochs mer mercredi',
        Thu: 'th thu thur thurs thursday do donnerstag donnerstags jeu jeudi',
        Fri: 'fr fri friday freitag freitags ven vendredi',
        Sat: 'sa sat saturday samstag samstags sonnabend sam samedi',
        Sun: 'su sun sunday so sonntag sonntags dim dimanche',
        'Mon-Fri': 'weekday weekdays workdays werktags wochentags',
        'Sat,Sun': 'weekend weekends wochenende',
        daily: 'everyday täglich tgl',
      }).flatMap(([day, words]) => words.split(' ').map((word): [string, string] => [word, day])),
    ),
);

/** Replaces other words for days by the valid ones: `Monday` by `Mon`, `weekdays` by `Mon-Fri`. */
export function normalizeDays(text: string): string {
  return text
    .replaceAll(/\bevery\s*day\b|\btous les jours\b/gi, 'daily')
    .replaceAll(/\p{L}+\b\.?/gu, (word) => DAYS().get(word.toLowerCase().replace(/\.$/, '')) ?? word)
    .replaceAll(/\b(mon|tue|wed|thu|fri|sat|sun)[a-z]+\b/gi, '$1');
}

/** Converts other common notations of an entry: `Weekdays: 9am – 5.30 pm` becomes `Mon-Fri 09:00-17:30`. */
export function normalizeEntry(text: string): string {
  return normalizeTimes(normalizeDays(text.trim()))
    .replaceAll(/(?<=[a-z])\s*(?:[/&;+]|\b(?:and|und|et)\b)\s*(?=[a-z])/gi, ',')
    .replace(/([a-z])\s*:?\s*(?=\d)/i, '$1 ')
    .replace(/^(?=\d)/, 'daily ');
}

function normalizeTimes(text: string): string {
  return text
    .replace(/^(?:24\s*[/x]\s*7|always|immer|rund um die uhr)$/i, 'daily 00:00-24:00')
    .replaceAll(/\b(?:from|von|de)\s+(?=\S)/gi, '')
    .replaceAll(/\s*(?:[–—-]|\b(?:to|until|till|bis|au)\b|(?<=\s)à(?=\s))\s*/gi, '-')
    .replaceAll(/\b(\d\d?)\s*h\s*(\d\d)\b/gi, '$1:$2')
    .replaceAll(/\b(\d\d?:\d\d):00\b/g, '$1')
    .replaceAll(/\b(\d\d?)(\d\d)\b/g, '$1:$2')
    .replaceAll(/(\d)\s*(?:uhr|hrs?|h|heures)\b/gi, '$1')
    .replaceAll(/\b(?:noon|midday)\b/gi, '12:00')
    .replace(/-(?:midnight|mitternacht|minuit)\b/i, '-24:00')
    .replaceAll(/\b(\d{1,2})(?:[:.](\d{2}))?(?:\s*([ap])\.?m\b\.?)?/gi, toTime)
    .replace(/\.$/, '');
}

function toTime(_: string, hours: string, minutes = '00', half?: string): string {
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : hours;
  return `${String(hour).padStart(2, '0')}:${minutes}`;
}

/** What to do about an entry that is more than one, or none; with a space before it. */
export function entryRemedy(text: string): string {
  if (/\d\s*(?:[–—-]|to|bis)\s*\d.*?(?:[,;&+]|\b(?:and|und|et)\b).*\d\s*(?:[–—-]|to|bis)\s*\d/i.test(text)) {
    return ' Write each range of hours as an entry of its own.';
  }
  return /(?<!\p{L})(?:closed|geschlossen|ferm[ée]e?|off)(?!\p{L})/iu.test(text)
    ? ' Leave out days without hours, and write single dates to except.'
    : '';
}
