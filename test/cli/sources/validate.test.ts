import { describe, expect, test } from '@jest/globals';
import type { SourceKind } from '../../../cli/sources/source.ts';
import { validateSources } from '../../../cli/sources/validate.ts';
import { conditionSchema } from '../../../lambda/domain/condition/schema.ts';
import { policySchema } from '../../../lambda/domain/policy/schema.ts';
import { settingsSchema } from '../../../lambda/domain/settings.ts';

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

/** A text with a value in one place. */
type Place = readonly [kind: SourceKind, before: string, after: string];

const SET = 'steps: [{ after: 0s, set: {';

describe('a null where leaving out is meant', () => {
  const ENDING = /leave the key out|A (?:policy|step|condition) without \w+ /;

  test.each<Place>([
    ...Object.keys(policySchema.members).map((key): Place => ['policy', `${key}: `, '']),
    ...['timezone', 'hours', 'except'].flatMap((key): Place[] => [
      ['calendar', `${key}: `, ''],
      ['policy', `during: { ${key}: `, ` }\n${STEPS}`],
      ['policy', `clock: { in: { ${key}: `, ` } }\n${STEPS}`],
    ]),
    ['policy', 'clock: { from: ', ` }\n${STEPS}`],
    ['policy', 'clock: { in: ', ` }\n${STEPS}`],
    ['policy', 'steps: [{ after: 0s, when: ', ', set: { age: 1m } }]'],
    ...['after', 'by', 'from', 'every', 'set', 'ramp'].map(
      (key): Place => ['policy', `steps: [{ ${key}: `, '}]'],
    ),
    ...['priority', 'age', 'route', 'routingCriteria'].map(
      (key): Place => ['policy', `${SET} ${key}: `, ' } }]'],
    ),
    ['policy', `${SET} routingCriteria: { Steps: `, '} } }]'],
    ['policy', 'steps: [{ from: 0s, every: 1s, ramp: { priority: ', '} }]'],
    ['policy', 'steps: [{ from: 0s, every: 1s, ramp: { age: { add: ', '} } }]'],
    ['policy', 'accept: { may-starve: ', ` }\n${STEPS}`],
    ...Object.keys(settingsSchema.members).map((key): Place => ['settings', `${key}: `, '']),
    ['settings', 'horizon: { default: ', ' }'],
    ['settings', 'horizon: { VOICE: ', ' }'],
    ['settings', 'agents: { seniors: ', ' }'],
    ...Object.keys(conditionSchema.members)
      // A condition must have it.
      .filter((key) => key !== 'when')
      .map((key): Place => ['condition', 'when: { waiting: [5] }\n', `${key}: `])
      .map(([kind, before, after]): Place => [kind, before + after, '']),
  ])('%s: %s null', (kind, before, after) => {
    const text = `${before}null${after}`;
    const path = text.slice(0, text.indexOf('null')).split('\n');
    const place = `${path.length}:${(path.at(-1) ?? '').length + 1} `;
    expect(findings(kind, text).filter((one) => one.startsWith(place))).toEqual([
      expect.stringMatching(ENDING),
    ]);
  });

  test.each<Place>([
    ['policy', `during: { timezone: UTC, hours: [`, `] }\n${STEPS}`],
    ['policy', `${SET} route: [`, '] } }]'],
    ['policy', `${SET} routingCriteria: { Steps: [`, '] } } }]'],
    ['settings', 'instances: [', ']'],
    ['settings', 'events: [', ']'],
    ['settings', 'agents: { seniors: [', '] }'],
    ['condition', 'when: { waiting: [5] }\nqueues: [', ']'],
  ])('is an entry to be removed in %s: %s', (kind, before, after) => {
    expect(findings(kind, `${before}null${after}`)).toContainEqual(
      expect.stringMatching(/remove the entry\.$/),
    );
  });
});

describe('an empty list says what to write', () => {
  test.each<[kind: SourceKind, text: string, message: RegExp]>([
    ['calendar', 'timezone: UTC\nhours: []', /Found an empty list; .*"Mon-Fri 08:00-18:00"\. Write an entry/],
    ['policy', 'steps: []', /Found an empty list; .*{ after: 90s, set: { priority: 1 } }\. Write an entry/],
    [
      'policy',
      `${SET} route: [] } }]`,
      /Found an empty list; .*"Language:English >= 3 for 30s"\. Write an entry/,
    ],
    [
      'policy',
      `${SET} routingCriteria: { Steps: [] } } }]`,
      /Found an empty list; expected a list of 1 to 5 steps/,
    ],
    ['settings', 'instances: []', /Found an empty list; .*all that were given at deployment/],
    ['settings', 'agents: { a: [] }', /Found an empty list; .*ids of users\. Write an entry/],
    [
      'condition',
      'when: { waiting: [5] }\nqueues: []',
      /Found an empty list; .*every queue in which contacts wait/,
    ],
    ['policy', `match: { channel: [] }\n${STEPS}`, /Found an empty list\. Write at least one value in it\./],
  ])('%s: %s', (kind, text, message) => {
    expect(findings(kind, text)).toEqual([expect.stringMatching(message)]);
  });
});

describe('what is advised for a value in the place of a list is valid', () => {
  const ID = '11111111-2222-3333-4444-555555555555';

  test.each<[kind: SourceKind, before: string, value: string, after: string, advised: string]>([
    [
      'policy',
      `${SET} route: `,
      '"Language:English >= 3 for 1m"',
      ' } }]',
      '["Language:English >= 3 for 1m"]',
    ],
    [
      'policy',
      `${SET} route: `,
      '{ Language: "English >= 3 for 1m" }',
      ' } }]',
      '["Language:English >= 3 for 1m"]',
    ],
    [
      'policy',
      `${SET} route: [`,
      '{ Language: "English >= 3 for 1m" }',
      '] } }]',
      '"Language:English >= 3 for 1m"',
    ],
    ['settings', 'agents: { seniors: ', ID, ' }', `["${ID}"]`],
    ['settings', 'agents: { seniors: ', `"arn:aws:connect:x:1:instance/i/agent/${ID}"`, ' }', `["${ID}"]`],
    ['settings', 'instances: ', `"${ID}"`, '', `["${ID}"]`],
    ['settings', 'events: ', 'missed', '', '["missed"]'],
    ['condition', 'when: { waiting: [5] }\nqueues: ', 'Billing', '', '["Billing"]'],
    ['calendar', 'timezone: UTC\nhours: ', 'Mon-Fri 9-17', '', '["Mon-Fri 09:00-17:00"]'],
  ])('%s: %s%s%s', (kind, before, value, after, advised) => {
    const [found] = findings(kind, before + value + after);
    expect(found).toContain(` Write ${advised}.`);
    expect(findings(kind, before + advised + after)).toEqual([]);
  });
});

test('an empty calendar is said to be empty', () => {
  expect(findings('calendar', '# hours to come\n')).toEqual([
    expect.stringMatching(/^1:1 wrong-type: This is empty; expected an object with timezone and hours/),
  ]);
});

test('an example in the message of a pattern is of its kind', () => {
  expect(findings('condition', 'when: {}')).toEqual([
    '1:7 empty-object: Found {}. Write an object with at least one field: {"waiting": [{"numeric": [">", 50]}]}.',
  ]);
});

test('what is odd in a branch of $or has its own place', () => {
  const text = `match:
  $or:
    - channel: [VOICE]
    - tags:
        tier: ["gold*"]
    - chanel: [VOICE]
    - queue: { nme: [x] }
    - channel: [voice]
    - detail: { tags: { a: [b] } }
    - segmentAttributes: { connect:subtype: [connect:SMS] }
    - channel:
        - VOICE
        - prefix: Ch
        - anything-but: [task]
    - queue: { id: [1] }
      transfers: ["2"]
    - $or:
        - tags: { a: { level: [b] } }
        - signals: [a, "Rule:x"]
steps:
  - after: 0s
    when: { $or: [{ chanel: [VOICE] }, { signal: [x] }] }
    set: { age: 1m }
`;
  expect(findings('policy', text).map((one) => one.split(': ')[0])).toEqual([
    '5:16 literal-wildcard',
    '6:7 unknown-field',
    '7:16 unknown-field',
    '8:17 unknown-value',
    '9:7 unknown-field',
    '10:28 unknown-field',
    '13:11 unknown-value',
    '14:11 unknown-value',
    '15:21 value-type',
    '16:19 value-type',
    '18:24 unknown-field',
    '19:24 unknown-value',
    '22:42 unknown-field',
  ]);
  const problem = text.replace('[voice]', 'voice').replace('{ level: [b] }', '{ prefix: b }');
  expect(findings('policy', problem).map((one) => one.split(': ')[0])).toEqual([
    '8:16 not-a-list',
    '18:24 reserved-name',
    '18:32 not-a-list',
    '22:21 unknown-field',
    '22:42 unknown-field',
  ]);
});

test.each([
  ['settings', 'agents: { Seniors: [11111111-2222-3333-4444-555555555555] }', '1:11 agent-list-name'],
  ['policy', `match: { tags: { tier: [{ starts: x }] } }\n${STEPS}`, '1:27 unknown-operator'],
  ['policy', `accept: { time-zone: "None." }\n${STEPS}`, '1:11 nothing-to-accept'],
] as const)('what is odd about a key has the place of the key, in %s: %s', (kind, text, place) => {
  expect(findings(kind, text).map((one) => one.split(': ')[0])).toEqual([place]);
});

test('braces in a route that hardly stand for a string are warned of', () => {
  const route = (value: string) =>
    `${SET} route: ["Language:{${value}} >= 1 for 1m", "Language:French >= 1 for 1m"] } }]`;
  const advice = (value: string) => findings('policy', route(value));
  expect(advice('segmentAttributes.connect:subtype')).toEqual([
    '1:37 unknown-field: No contact has the segment attribute "connect:subtype". Write "connect:Subtype". The step is left out for contacts without such a string.',
  ]);
  expect(advice('segmentAttributes.connect:CustomerAuthentication')).toEqual([
    expect.stringContaining(
      'Write {segmentAttributes.connect:CustomerAuthentication.Status}. The step is left out',
    ),
  ]);
  expect(advice('segmentAttributes.connect:ContactExpiry.ExpiryDuration')).toEqual([
    expect.stringContaining('is a number, and only a string can stand in a route.'),
  ]);
  expect(advice('segmentAttributes.connect:CustomerAuthentication.Status')).toEqual([]);
  expect(advice('segmentAttributes.language')).toEqual([]);
});

test.each<[kind: SourceKind, name: string, message: string]>([
  ['policy', 'Gold_Callers', 'Rename it to "gold-callers".'],
  ['calendar', 'Büro Zeiten', 'Rename it to "buro-zeiten".'],
  ['condition', 'busy!', 'Rename it to "busy".'],
  ['policy', '***', 'digits and hyphens. Rename it.'],
])(
  'the problem of the name of a %s, %s, speaks of no parameter, which may be a file',
  (kind, name, message) => {
    const [found] = validateSources([{ kind, name, file: `${name}.yaml`, text: '{}' }]).findings.filter(
      ({ code }) => code === `${kind}-name`,
    );
    expect(found?.message).toContain(message);
    expect(found?.message).not.toContain('parameter');
  },
);

describe('what is advised for a value of another form is valid', () => {
  const ID = '11111111-aaaa-2222-3333-444444444444';
  const PRIORITY = 'set: { priority: 1 } }]';

  test.each<[kind: SourceKind, before: string, value: string, after: string, advised: string]>([
    ['policy', 'mode: ', '[observe]', `\n${STEPS}`, '"observe"'],
    ['policy', 'mode: ', 'On', `\n${STEPS}`, '"enforce"'],
    ['policy', 'mode: ', 'true', `\n${STEPS}`, '"enforce"'],
    ['policy', 'mode: ', 'shadow', `\n${STEPS}`, '"observe"'],
    ['policy', 'target: ', '[3m]', '\nmatch: { channel: [CHAT] }', '"3m"'],
    ['policy', 'target: ', 'Horizon', '\nclock: firstEnqueued', '"horizon"'],
    ['policy', 'steps: [{ after: ', '“30s”', `, ${PRIORITY}`, '"30s"'],
    ['policy', 'steps: [{ after: ', '5 m.', `, ${PRIORITY}`, '"5m"'],
    ['policy', 'steps: [{ after: ', '2 heures', `, ${PRIORITY}`, '"2h"'],
    ['policy', 'steps: [{ after: ', '2 weeks', `, ${PRIORITY}`, '"14d"'],
    ['policy', 'steps: [{ after: 0s, set: { priority: ', '[1]', ' } }]', '1'],
    ['settings', 'updateRate: ', '20/s', '', '20'],
    ['settings', 'describeRate: ', '10 per second', '', '10'],
    ['settings', 'events: ', '"rejected, missed"', '', '["rejected", "missed"]'],
    ['settings', 'instances: ', `["arn:aws:connect:eu-central-1:1:instance/${ID}"]`, '', `"${ID}"`],
    ['settings', 'instances: ', `["${ID} "]`, '', `"${ID}"`],
    ['condition', 'when: { waiting: [5] }\nqueues: ', 'Billing; Support', '', '["Billing", "Support"]'],
    ['condition', 'when: { waiting: [5] }\nchannel: ', '[VOICE]', '', '"VOICE"'],
  ])('%s: %s%s%s', (kind, before, value, after, advised) => {
    const [found] = findings(kind, before + value + after);
    expect(found).toMatch(/ (?:Write|Did you mean) (.+?)(?:, without quotes)?[.?]$/);
    expect(found).toContain(advised);
    const isEntry = value.startsWith('[') && kind === 'settings';
    expect(findings(kind, before + (isEntry ? `[${advised}]` : advised) + after)).toEqual([]);
  });

  test.each([
    ['1:30', 'Write "1m30s" or "1h30m".'],
    ['0:30', 'Write "30s" or "30m".'],
  ])('a time as a clock shows it, %s, may be two durations', (after, advice) => {
    expect(findings('policy', `steps: [{ after: ${after}, ${PRIORITY}`)).toEqual([
      expect.stringContaining(advice),
    ]);
  });

  test.each([
    [
      'steps: { after: 0s, set: { age: 1m } }',
      'Write it as an entry of a list, in YAML with "- " before it.',
    ],
    ['- steps: [{ after: 0s, set: { age: 1m } }]', 'Write the entry itself, without the list around it.'],
    ['steps: [{ after: 0s, set: 1 }]', 'expected an object such as { priority: 1 }.'],
    ['steps: ["after 60s"]', 'expected an object such as { after: 90s, set: { priority: 1 } }.'],
    ['steps:\n- after:30s', 'Write a space after each colon, as in "after: 30s".'],
    ['steps: [{ from: 0s, every: 1s, ramp: { priority: [4, 1] } }]', 'an object such as { from: 4, to: 1 }.'],
    [`accept: [may-starve]\n${STEPS}`, 'an object such as { may-starve: "Chats'],
  ])('%j', (text, advice) => {
    expect(findings('policy', text).join('\n')).toContain(advice);
  });
});

describe('a key that is none by its form or its place', () => {
  test.each<[kind: SourceKind, text: string, advice: string]>([
    [
      'policy',
      'steps: [{ after: 0s, set: { priority:1 } }]',
      'Write "priority: 1" without quotes, with a space after',
    ],
    ['policy', `policy:\n  ${STEPS}`, 'Write what is in it here, without "policy" around it.'],
    ['settings', 'settings: { updateRate: 20 }', 'without "settings" around it.'],
    ['calendar', 'office: { timezone: UTC, hours: [daily 08:00-18:00] }', 'without "office" around it.'],
    ['policy', '\u00a0steps: []', 'It has a space that is not the plain one.'],
    ['policy', '{ “steps”: [] }', 'It has quotes that are part of the text.'],
    ['policy', 'after: 30s', 'Did you mean "steps"?'],
    ['policy', 'steps: [{ after: 0s, priority: 1 }]', 'Did you mean "set"?'],
  ])('%s: %j', (kind, text, advice) => {
    expect(findings(kind, text).join('\n')).toContain(advice);
  });
});

describe('one value has one problem, whose advice leads to no other', () => {
  test.each<[text: string, found: string[]]>([
    [
      'steps: [{ after: 010, set: { age: 1m } }]',
      [
        '1:18 number-form: Found 010, which is read as the number 10; expected a duration such as 45s, 3m, 1h30m or PT3M, at most a year. Write "10s".',
      ],
    ],
    [
      'steps: [{ after: 0s, set: { priority: 1 } }, { after: 1s, set: { priority: 1.5 } }]',
      ['1:76 wrong-type: Found 1.5; expected a whole number.'],
    ],
    [
      'steps: [{ after: 0s, set: { priority: -1 } }, { after: 1s, set: { priority: 1 } }]',
      ['1:39 out-of-range: Found -1; expected at least 1.'],
    ],
    [
      'steps: [{ after: 9s, set: { priority: 2 } }, { after: -5m, set: { priority: 1 } }]',
      ['1:55 not-allowed: Found "-5m"; expected a duration such as 45s, 3m, 1h30m or PT3M, at most a year.'],
    ],
  ])('%s', (text, found) => {
    expect(findings('policy', text)).toEqual(found);
  });
});

test('hours in place of the name of a calendar are written with their time zone', () => {
  expect(findings('policy', `during: Mon-Fri 9-17\n${STEPS}`)).toEqual([
    expect.stringContaining(
      'Write hours with their time zone, such as { timezone: Europe/Berlin, hours: ["Mon-Fri 09:00-17:00"] }.',
    ),
  ]);
});

test.each([
  ['steps:\n\t- after: 30s', '2:1 syntax', 'Indent with spaces'],
  ['{ "steps": [{ "after": "30s" "set": {} }] }', '1:24 syntax', 'Write a comma before the next entry'],
  ['steps:\n  - after: 30s\n  set: {}', '3:1 syntax', 'Indent the line as those beside it'],
])('the syntax of %j has its place and advice', (text, place, advice) => {
  const [first] = findings('policy', text);
  expect(first).toMatch(new RegExp(`^${place}: .*\\. ${advice}$`));
});
