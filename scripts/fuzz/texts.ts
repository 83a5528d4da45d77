import { type Draw, pickOne } from './inputs.ts';

/** Policies with every part of the language, from which other texts are derived. */
const POLICIES = [
  `description: Gold callers reach an agent within three minutes.
precedence: 10
match:
  channel: [VOICE]
  tags: { tier: [gold, platinum] }
steps:
  - after: 0s
    set: { priority: 3 }
  - by: 3m
    set: { priority: 1 }
`,
  `rollout: 50
during: { timezone: Europe/Berlin, hours: ["Mon-Fri 08:00-18:00"], except: [2026-12-24] }
clock: firstEnqueued
match:
  $or:
    - attributes: { value: [{ prefix: "1" }, { anything-but: [x, y] }] }
    - transfers: [{ numeric: [">=", 1, "<", 5] }]
steps:
  - { from: 60s, every: 30s, ramp: { priority: { from: 4, to: 1 } } }
`,
  `{"mode":"observe","allowLower":true,"steps":[{"after":"1m30s","when":{"signals":["angry"]},"set":{"age":"-5m"}},
{"after":"PT3M","set":{"route":["Language:English >= 3 for 45s","Language:English >= 1"]}}]}
`,
  `steps:
  - from: 10s
    every: 10s
    ramp: { age: { add: 30s, upTo: 5m } }
  - after: 10m
    set:
      routingCriteria:
        Steps: [{ Expression: { AttributeCondition: { Name: L, Value: E, ProficiencyLevel: 3, ComparisonOperator: NumberGreaterOrEqualTo } } }]
`,
];

/** Texts that YAML parsers are known to have problems with. */
const YAML_PITFALLS: readonly ((draw: Draw) => string)[] = [
  () => '&a ',
  () => '*a',
  () => '<<: *a',
  () => 'x: &a [*a]\n',
  () =>
    `a: &a [x, x]\nb: &b [${'*a, '.repeat(9)}*a]\nc: &c [${'*b, '.repeat(9)}*b]\nd: [${'*c, '.repeat(9)}*c]\n`,
  (draw) =>
    pickOne(draw, [
      '!!binary aGk=',
      '!!set {a, b}',
      '!!omap [a: 1]',
      '!!float ',
      '!<tag:x> ',
      '!!js/function ""',
      '! ',
    ]),
  (draw) => pickOne(draw, ['[', '{a: ', '- ', '? ', '{"a":', '&a [']).repeat(pickOne(draw, [2, 9, 70, 600])),
  (draw) => pickOne(draw, [']', '}']).repeat(pickOne(draw, [1, 70])),
  (draw) =>
    pickOne(draw, [
      '9'.repeat(400),
      '1e999',
      '-1e999',
      '.nan',
      '-.inf',
      '0x1F',
      '0o7',
      '1_000',
      '-0',
      '1e-400',
      '9007199254740993',
    ]),
  (draw) =>
    pickOne(draw, ['\t', '\n\t', '\u0000', '\r', '\u2028', '\ufeff', '\ud800', '\u0085', '  ', '\n', '\n  ']),
  (draw) =>
    pickOne(draw, [
      '---\n',
      '...\n',
      '%YAML 1.1\n---\n',
      '%TAG ! tag:x,2026:\n---\n',
      '# ',
      '|\n',
      '>-\n',
      '|9\n',
      '"',
      "'",
      ': ',
      ', ',
    ]),
  (draw) =>
    pickOne(draw, [
      '__proto__: ',
      'constructor: { prototype: 1 }\n',
      'steps:',
      'match: ',
      '\nsteps: []\n',
      'null',
      'true',
      '~',
      '2026-11-24',
    ]),
  (draw) =>
    pickOne(draw, [
      'priority: 9007199254740992',
      'age: -99999999999h',
      'upTo: 99999999999999h',
      'after: 9e9s',
      'add: 1s',
      'to: 9007199254740991',
    ]),
];

/** Generates a policy with a few edits. */
export function generatePolicyText(draw: Draw): string {
  return editText(draw, pickOne(draw, POLICIES), 1 + draw(4), 6);
}

/** Generates a text with many of the YAML pitfalls, with or without a policy. */
export function generateTortureText(draw: Draw): string {
  return editText(draw, draw(2) === 0 ? pickOne(draw, POLICIES) : '', 1 + draw(12), 1);
}

/** Edits a text at random. One in `rarity` edits inserts a YAML pitfall. */
function editText(draw: Draw, text: string, times: number, rarity: number): string {
  let result = text;
  for (let time = 0; time < times; time++) {
    const from = draw(result.length + 1);
    const to = Math.min(result.length, from + draw(12));
    const inserted =
      draw(rarity) === 0
        ? pickOne(draw, YAML_PITFALLS)(draw)
        : pickOne(draw, ['', '', result.slice(from, to).repeat(2), generateDigit(draw)]);
    result = result.slice(0, from) + inserted + result.slice(draw(2) === 0 ? from : to);
  }
  return result;
}

function generateDigit(draw: Draw): string {
  return String(draw(10));
}
