import { describe, expect, test } from '@jest/globals';
import { parseSettings } from '../../../lambda/domain/parse-settings.ts';
import { parsePolicy } from '../../../lambda/domain/policy/parse.ts';
import { formatPath } from '../../../lambda/domain/validation/problem.ts';
import { parseScenario } from '../../../sim/scenario/parse.ts';

const STEPS = 'steps: [{ after: 0s, set: { priority: 3 } }]';
const step = (text: string) => `steps: [{ ${text} }]`;

/** Each problem as `line:column path code`, with the message. */
function problems(text: string): string[] {
  return parsePolicy('name', text).problems.map(
    ({ line, column, path, code, message }) => `${line}:${column} ${formatPath(path)} ${code} | ${message}`,
  );
}

describe('a text that reads otherwise than it looks is a problem', () => {
  test.each([
    ['a second document', `${STEPS}\n---\n${STEPS}`, '2:1  second-document', 'a file of its own'],
    ['a second document that is empty', `${STEPS}\n---\n`, '2:1  second-document', 'one document'],
    ['a document after the end', `${STEPS}\n...\nmode: off`, '3:1  second-document', 'one document'],
    ['another version of YAML', `%YAML 1.1\n---\nmode: off\n${STEPS}`, '1:1  yaml-version', 'YAML 1.2'],
    ['a tag of CloudFormation', `description: !Sub "a"\n${STEPS}`, '1:19 description yaml-tag', '"!Sub"'],
    ['a tag of YAML', `description: !!binary YQ==\n${STEPS}`, '1:23 description yaml-tag', '"!!binary"'],
    ['a tag on a map', `match: !x { channel: [VOICE] }\n${STEPS}`, '1:11 match yaml-tag', '"!x"'],
    [
      'a tag in a pattern',
      `match: { tags: { a: [!Ref b] } }\n${STEPS}`,
      '1:27 match.tags.a[0] yaml-tag',
      '!Ref',
    ],
    [
      'an anchor before a text',
      `match: { tags: { a: [&b c] } }\n${STEPS}`,
      '1:25 match.tags.a[0] yaml-anchor',
      '"&b c"',
    ],
    ['an anchor alone', `match: { tags: { a: [&b] } }\n${STEPS}`, '1:24 match.tags.a[0] yaml-anchor', '"&b"'],
    ['a comment and CR', `# a\rmatch: { channel: [VOICE] }\n${STEPS}`, '1:4  syntax', 'Unix (LF)'],
    ['a comment and CR at the end', `${STEPS} # a\rmode: off`, '1:49  syntax', 'Unix (LF)'],
    ['lines of an old Macintosh', `match: { channel: [VOICE] }\r${STEPS}\r`, '1:28  syntax', 'Unix (LF)'],
    ['a separator of lines', `${STEPS} # a\u2028mode: off`, '1:49  syntax', 'U+2028'],
    [
      'a next line in a list',
      `match: { tags: { a: [b, # c\u0085\n d] } }\n${STEPS}`,
      '1:28  syntax',
      'U+0085',
    ],
    [
      'decimals beyond those kept',
      `rollout: 0.99999999999999999999\n${STEPS}`,
      '1:10 rollout number-form',
      'expected a number of at most 17 digits, below 1.8e308. Write 1,',
    ],
    ['a leading zero', `rollout: 010\n${STEPS}`, '1:10 rollout number-form', 'Write 10, or "010"'],
    [
      'a hexadecimal number',
      step('after: 0s, set: { priority: 0x1 }'),
      '1:39 steps[0].set.priority number-form',
      'Write 1,',
    ],
    ['an octal number', `precedence: 0o17\n${STEPS}`, '1:13 precedence number-form', 'Write 15,'],
    ['a sign', `precedence: +5\n${STEPS}`, '1:13 precedence number-form', 'Write 5,'],
    ['infinity', `precedence: .inf\n${STEPS}`, '1:13 precedence number-form', 'Infinity'],
    ['no number', `precedence: .nan\n${STEPS}`, '1:13 precedence number-form', 'NaN'],
    [
      'too many digits',
      `precedence: 12345678901234567890\n${STEPS}`,
      '1:13 precedence number-form',
      'Found 12345678901234567890, which is read as the number 12345678901234567000; expected a whole number from -9007199254740991 to 9007199254740991.',
    ],
    [
      'a priority above the largest',
      step('after: 0s, set: { priority: 9007199254740992 }'),
      '1:39 steps[0].set.priority number-form',
      'Found 9007199254740992; expected at most 9007199254740991.',
    ],
    [
      'underscores',
      `precedence: 1_000\n${STEPS}`,
      '1:13 precedence wrong-type',
      'Write 1000, without quotes.',
    ],
    [
      'a number in quotes',
      step('after: 0s, set: { priority: "1" }'),
      '1:39 steps[0].set.priority wrong-type',
      'Write 1,',
    ],
    ['a percentage', `rollout: 20%\n${STEPS}`, '1:10 rollout wrong-type', 'Write 20, without quotes.'],
    ['yes', `allowLower: yes\n${STEPS}`, '1:13 allowLower wrong-type', 'Write true, without quotes.'],
    ['N', `allowLower: N\n${STEPS}`, '1:13 allowLower wrong-type', 'Write false, without quotes.'],
    ['off as false', `mode: false\n${STEPS}`, '1:7 mode not-allowed', 'Did you mean "off"?'],
    ['nothing after a key', `description:\n${STEPS}`, '1:13 description wrong-type', 'leave the key out'],
    ['nothing after steps', 'steps:', '1:7 steps wrong-type', 'Write a value'],
    [
      'nothing after match',
      `match:\n${STEPS}`,
      '1:7 match not-an-object',
      'without match governs every contact',
    ],
    [
      'an empty match',
      `match: {}\n${STEPS}`,
      '1:8 match empty-object',
      'without match governs every contact',
    ],
    [
      'a number of seconds',
      step('after: 90, set: { age: 1m }'),
      '1:18 steps[0].after wrong-type',
      'Write "90s".',
    ],
    [
      'a unit as a word',
      step('by: 3 minutes, set: { age: 1m }'),
      '1:15 steps[0].by not-allowed',
      'Write "3m".',
    ],
    [
      'minutes and a half',
      step('by: 1.5m, set: { age: 1m }'),
      '1:15 steps[0].by not-allowed',
      'Write "1m30s".',
    ],
    ['a number as a text', `description: 5\n${STEPS}`, '1:14 description wrong-type', 'Write "5".'],
    [
      'a space that does not break',
      `\u00a0mode: off\n${STEPS}`,
      '1:1 \u00a0mode unknown-key',
      '"\\u00a0mode"',
    ],
    ['a key of every object', `mode: { toString: 1 }\n${STEPS}`, '1:7 mode not-allowed', 'expected one of'],
    [
      'an operator by another name',
      `match: { tags: { tier: { not: gold } } }\n${STEPS}`,
      '1:31 match.tags.tier.not not-a-list',
      '"tier": [{"anything-but": "gold"}]',
    ],
    [
      'an abbreviation of a zone',
      `during: { timezone: EST, hours: [daily 00:00-24:00] }\n${STEPS}`,
      '1:21 during.timezone during-timezone',
      'such as Europe/Berlin',
    ],
    [
      'an offset as a zone',
      `during: { timezone: GMT+1, hours: [daily 00:00-24:00] }\n${STEPS}`,
      '1:21 during.timezone during-timezone',
      'such as Europe/Berlin',
    ],
    [
      'a reason that says nothing',
      `accept: { may-starve: " " }\n${STEPS}`,
      '1:23 accept.may-starve not-allowed',
      'the reason why',
    ],
    [
      'a warning that does not exist',
      `accept: { may-starv: "a" }\n${STEPS}`,
      '1:11 accept.may-starv unknown-key',
      'Did you mean "may-starve"?',
    ],
  ])('%s', (_name, text, place, message) => {
    const found = problems(text);
    expect(found).toHaveLength(1);
    expect(found[0]?.split(' | ')[0]).toBe(place);
    expect(found[0]).toContain(message);
  });

  test.each([
    `match: { channel:\u00a0[VOICE] }\n${STEPS}`,
    `steps:\n  - after: 0s\n  \u00a0 set: { priority: 3 }\n`,
  ])('a syntax error in a line with another space names it: %#', (text) => {
    expect(problems(text).join('\n')).toContain('The line has a space that is not the plain one');
  });

  test('all of them are reported, in the order of the lines', () => {
    const text = `precedence: 0x1F
mode: !x off
allowLower: no
rollout: 5%
steps:
  - after: 30
    set: { priority: "1" }
`;
    expect(problems(text).map((problem) => problem.split(' | ')[0])).toEqual([
      '1:13 precedence number-form',
      '2:10 mode yaml-tag',
      '3:13 allowLower wrong-type',
      '4:10 rollout wrong-type',
      '6:12 steps[0].after wrong-type',
      '7:22 steps[0].set.priority wrong-type',
    ]);
  });

  test('in settings and scenarios, too', () => {
    const codes = (found: readonly { code: string }[]) => found.map(({ code }) => code);
    expect(codes(parseSettings('pause: on').problems)).toEqual(['wrong-type']);
    expect(parseSettings('pause: on').problems[0]?.message).toContain('Write true, without quotes.');
    expect(codes(parseSettings('updateRate: 010').problems)).toEqual(['number-form']);
    expect(codes(parseSettings('updateRate: 10\n---\npause: true').problems)).toEqual(['second-document']);
    expect(codes(parseSettings('pause: !x true').problems)).toEqual(['yaml-tag']);
    expect(codes(parseScenario('hours: 010', () => '').problems)).toContain('number-form');
  });

  test('settings name instances by their ids', () => {
    const arn = 'arn:aws:connect:eu-central-1:123456789012:instance/11111111-2222-3333-4444-555555555555';
    expect(parseSettings(`instances: ["${arn}"]`).problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('the last part of its ARN'),
    ]);
  });
});

describe('what reads as it looks is valid', () => {
  test.each([
    ['a date, and a time of day', `description: 2026-12-25 3:00\n${STEPS}`],
    ['a text with the tag of a text', `description: !!str 007\n${STEPS}`],
    ['one document with its marks', `%YAML 1.2\n---\n${STEPS}\n...\n`],
    ['decimals and exponents', `rollout: 0.50e1\nprecedence: -1.0\n${STEPS}`],
    ['a byte order mark', `\uFEFF${STEPS}`],
    [
      'merged keys',
      'steps:\n  - &s { after: 0s, set: { priority: 3 } }\n  - { <<: *s, after: 1m, set: { priority: 2 } }',
    ],
  ])('%s', (_name, text) => {
    expect(problems(text)).toEqual([]);
  });

  test('a merged step has what it was merged from', () => {
    const text = 'steps:\n  - &s { after: 0s, set: { priority: 3 } }\n  - { <<: *s, after: 1m }';
    expect(parsePolicy('name', text).policy?.steps.map(({ seconds, set }) => [seconds, set])).toEqual([
      [0, { priority: 3 }],
      [60, { priority: 3 }],
    ]);
  });
});

describe('a step with by is ordered by the routing lag in force', () => {
  const text = 'steps:\n  - { after: 30s, set: { priority: 3 } }\n  - { by: 60s, set: { priority: 2 } }';
  const settings = (routingLag: string) => parseSettings(`routingLag: ${routingLag}`).settings;

  test('valid with a lag of 5 s, invalid with 60 s', () => {
    expect(parsePolicy('name', text, settings('5s')).problems).toEqual([]);
    expect(parsePolicy('name', text, settings('60s')).problems).toMatchObject([{ code: 'step-order' }]);
    expect(parsePolicy('name', text).problems).toMatchObject([{ code: 'step-order' }]);
  });

  test('a ramp that begins too early is one problem', () => {
    const ramp =
      'steps:\n  - { after: 60s, set: { priority: 5 } }\n' +
      '  - { from: 0s, every: 10s, ramp: { priority: { from: 4, to: 1 } } }';
    expect(problems(ramp)).toEqual([expect.stringContaining('step-order')]);
  });
});

test('an anchor that something refers to is no problem, and neither is one of an object', () => {
  expect(problems(`match: { tags: { a: [&b c], d: [*b] } }\n${STEPS}`)).toEqual([]);
  expect(problems(`match: &m { channel: [VOICE] }\n${STEPS}`)).toEqual([]);
});

test('a pause that a comment seems to end before is not passed over', () => {
  for (const end of ['\r', '\u2028', '\f']) {
    const { settings, problems } = parseSettings(`updateRate: 10 # ten a second${end}pause: true`);
    expect(settings).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'syntax', line: 1, column: 30 }]);
  }
});
