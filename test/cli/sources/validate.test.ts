import { describe, expect, test } from '@jest/globals';
import type { SourceKind } from '../../../cli/sources/source.ts';
import { validateSources } from '../../../cli/sources/validate.ts';

const STEPS = 'steps: [{ after: 0s, set: { age: 1m } }]\n';

/** What is found in one text, as `line:column code: message`, without the warnings about other policies. */
function findings(kind: SourceKind, text: string): string[] {
  const source = { kind, name: kind === 'settings' ? 'settings' : 'x', file: 'x.yaml', text };
  return validateSources([source], { isPart: true })
    .findings.filter(({ code }) => code !== 'may-starve')
    .map(({ line, column, code, message }) => `${line}:${column} ${code}: ${message}`);
}

describe('a time zone that is valid and unwise', () => {
  const GMT2 =
    'time-zone: Etc/GMT+2 is 2 h behind UTC, the opposite of its sign, and has no daylight-saving time. ' +
    'Write the name of a place, such as Europe/Berlin, or Etc/GMT-2 for UTC+2.';
  const EASTERN = 'time-zone: US/Eastern is an old name of America/New_York. Write America/New_York.';
  const HOURS = 'hours: ["Mon-Fri 08:00-18:00"]';

  test.each<[where: string, kind: SourceKind, text: string, found: string[]]>([
    ['a calendar', 'calendar', `timezone: Etc/GMT+2\n${HOURS}`, [`1:11 ${GMT2}`]],
    ['a calendar with an old name', 'calendar', `timezone: US/Eastern\n${HOURS}`, [`1:11 ${EASTERN}`]],
    [
      'a calendar that has problems',
      'calendar',
      `timezone: US/Eastern\n${HOURS}\nexept: []`,
      [
        `1:11 ${EASTERN}`,
        '3:1 unknown-key: "exept" is not a known key; expected one of timezone, hours, except. Did you mean "except"?',
      ],
    ],
    ['the hours', 'policy', `during: { timezone: Etc/GMT+2, ${HOURS} }\n${STEPS}`, [`1:21 ${GMT2}`]],
    [
      'the clock',
      'policy',
      `clock: { in: { timezone: US/Eastern, ${HOURS} } }\n${STEPS}`,
      [`1:26 ${EASTERN}`],
    ],
    [
      'the clock of a policy that has problems',
      'policy',
      `clock: { in: { timezone: US/Eastern, ${HOURS} } }\nmode: offf\n${STEPS}`,
      [
        `1:26 ${EASTERN}`,
        '2:7 not-allowed: Found "offf"; expected one of enforce, observe, off. Did you mean "off"?',
      ],
    ],
  ])('is warned of in %s', (_where, kind, text, found) => {
    expect(findings(kind, text)).toEqual(found);
  });

  test('in a calendar that a policy names is warned of once, in the text of the calendar', () => {
    const calendar = `timezone: US/Eastern\n${HOURS}`;
    const found = validateSources(
      [
        { kind: 'calendar', name: 'office', file: 'calendars/office.yaml', text: calendar },
        {
          kind: 'policy',
          name: 'x',
          file: 'x.yaml',
          text: `during: office\nclock: { in: office }\n${STEPS}`,
        },
      ],
      { isPart: true },
    ).findings;
    expect(found.map(({ source, line, code }) => `${source.file}:${line} ${code}`)).toEqual([
      'calendars/office.yaml:1 time-zone',
    ]);
  });
});
