import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Calendar } from '../../../lambda/domain/calendar/calendar.ts';
import { parseCalendar } from '../../../lambda/domain/calendar/parse.ts';
import { parsePolicy } from '../../../lambda/domain/policy/parse.ts';
import { createPolicySet } from '../../../lambda/domain/policy/policy-set.ts';
import { partialPolicyWarnings } from '../../../lambda/domain/policy/warnings/index.ts';
import { DEFAULT_SETTINGS } from '../../../lambda/domain/settings.ts';
import { formatProblem } from '../../../lambda/domain/validation/problem.ts';
import { policy } from '../../support/contacts.ts';

const EXAMPLE = `
description: Gold and platinum callers reach an agent within three minutes.
precedence: 10
match:
  channel: [VOICE]
  tags: { tier: [gold, platinum] }
steps:
  - after: 0s
    set: { priority: 3 }
  - by: 3m                       # takes effect at 3 min: sent one routing lag (60 s) earlier
    set: { priority: 1 }
`;

function calendarOf(source: unknown): Calendar {
  const { calendar, problems } = parseCalendar(source, []);
  expect(problems).toEqual([]);
  return calendar as Calendar;
}

/** The problems of a policy as lines, with their positions. */
function problems(text: string, name = 'gold'): string[] {
  return parsePolicy(name, text).problems.map(
    (problem) => `${problem.line}:${problem.column} ${formatProblem(problem)}`,
  );
}

describe('a valid policy', () => {
  test('in YAML', () => {
    const { policy: parsed } = parsePolicy('gold', EXAMPLE);
    expect(parsed).toMatchObject({
      name: 'gold',
      description: 'Gold and platinum callers reach an agent within three minutes.',
      precedence: 10,
      mode: 'enforce',
      clock: { from: 'enqueued' },
      pausedCounts: false,
      allowLower: false,
      attributeNames: [],
      steps: [
        { timing: 'after', seconds: 0, set: { priority: 3 } },
        { timing: 'by', seconds: 180, set: { priority: 1 } },
      ],
    });
  });

  test('in JSON, with the defaults', () => {
    const parsed = policy('a-1', { steps: [{ after: 'PT90S', set: { age: '-2m' } }] });
    expect(parsed).toEqual({
      name: 'a-1',
      precedence: 100,
      mode: 'enforce',
      rollout: 100,
      matchNeedsAttributes: false,
      attributeNames: [],
      clock: { from: 'enqueued' },
      pausedCounts: false,
      allowLower: false,
      steps: [{ sourceIndex: 0, timing: 'after', seconds: 90, set: { ageSeconds: -120 } }],
    });
  });

  test('has the names of the attributes in its patterns', () => {
    const parsed = policy('a', {
      match: { attributes: { plan: ['x'] }, $or: [{ attributes: { value: [1] } }, { channel: ['VOICE'] }] },
      steps: [{ after: '0s', set: { priority: 1 } }],
    });
    expect(parsed.attributeNames).toEqual(['plan', 'value']);
  });

  test('has the calendars that it names', () => {
    const office = calendarOf({ timezone: 'Europe/Berlin', hours: ['Mon-Fri 09:00-18:00'] });
    const calendars = new Map([['office', office]]);
    const text =
      'during: office\nclock: { from: firstEnqueued, in: office }\nsteps: [{ after: 4h, set: { priority: 1 } }]';
    const { policy: parsed, problems } = parsePolicy('email', text, undefined, calendars);
    expect(problems).toEqual([]);
    expect(parsed?.during).toBe(office);
    expect(parsed?.clock).toEqual({ from: 'firstEnqueued', calendar: office });
  });

  test('may write out the calendar of its clock, and start it when the contact was queued', () => {
    const hours = { timezone: 'UTC', hours: ['daily 09:00-18:00'] };
    const parsed = policy('a', { clock: { in: hours }, steps: [{ after: '0s', set: { priority: 1 } }] });
    expect(parsed.clock).toEqual({ from: 'enqueued', calendar: calendarOf(hours) });
  });

  test('the order of evaluation is by precedence, then by name, without policies that are off', () => {
    const steps = [{ after: '0s', set: { priority: 1 } }];
    const set = createPolicySet([
      policy('b', { steps }),
      policy('a', { steps }),
      policy('z', { precedence: -1, steps }),
      policy('off', { precedence: 1, mode: 'off', steps }),
    ]);
    expect(set.policies.map(({ name }) => name)).toEqual(['z', 'a', 'b']);
  });
});

describe('an invalid policy has every problem with its position', () => {
  test('a misspelled key, priority with age and an invalid duration are reported in one run', () => {
    const text = `description: Three mistakes
precedance: 10
steps:
  - after: 0s
    set: { priority: 3, age: 5m }
  - by: 3 minutes
    set:
      priority: 1
`;
    expect(problems(text)).toEqual([
      '2:1 precedance: "precedance" is not a known key; expected one of description, precedence, mode, rollout, match, ' +
        'during, clock, paused, target, allowLower, accept, steps. Did you mean "precedence"? (unknown-key)',
      '5:30 steps[0].set.age: Found both priority and age; expected one of them, because Connect accepts only one per ' +
        'request. Set the other in a separate step. (priority-with-age)',
      '6:9 steps[1].by: Found "3 minutes"; expected a duration such as 45s, 3m, 1h30m or PT3M, at most a year. Write "3m". (not-allowed)',
    ]);
  });

  test.each([
    [
      'during: offise',
      'during: Found "offise"; expected the name of a calendar, one of broken, office, weekend, or an object with timezone and hours. Did you mean "office"? (unknown-calendar)',
    ],
    [
      'during: broken',
      'during: Found "broken"; expected the name of a valid calendar; this one has problems of its own. (invalid-calendar)',
    ],
    [
      'during: [office]',
      'during: Found ["office"]; expected the name of a calendar, or an object with timezone and hours, such as { timezone: Europe/Berlin, hours: ["Mon-Fri 08:00-18:00"] }. (wrong-type)',
    ],
    [
      'clock: { in: weekends }',
      'clock.in: Found "weekends"; expected the name of a calendar, one of broken, office, weekend, or an object with timezone and hours. Did you mean "weekend"? (unknown-calendar)',
    ],
    [
      'clock: { from: queued, in: office }',
      'clock.from: Found "queued"; expected one of enqueued, firstEnqueued, initiated. Did you mean "enqueued"? (not-allowed)',
    ],
    [
      'clock: { from: initiated }',
      'clock.in: in is missing; expected the name of a calendar, or an object with timezone and hours, such as { timezone: Europe/Berlin, hours: ["Mon-Fri 08:00-18:00"] }. (missing)',
    ],
    [
      'clock: { in: office, form: initiated }',
      'clock.form: "form" is not a known key; expected one of from, in. (unknown-key)',
    ],
    [
      'clock: 5',
      'clock: Found 5; expected one of enqueued, firstEnqueued, initiated, or an object such as { from: enqueued, in: office-hours }. (wrong-type)',
    ],
    [
      'clock: null',
      'clock: Found null; expected one of enqueued, firstEnqueued, initiated, or an object such as { from: enqueued, in: office-hours }. Write a value, or leave the key out if it is optional. (wrong-type)',
    ],
  ])('a calendar or clock: %s', (field, expected) => {
    const hours = calendarOf({ timezone: 'UTC', hours: ['daily 09:00-18:00'] });
    const calendars = new Map<string, Calendar | undefined>([
      ['weekend', hours],
      ['office', hours],
      ['broken', undefined],
    ]);
    const text = `${field}\nsteps: [{ after: 0s, set: { priority: 1 } }]`;
    const found = parsePolicy('a', text, undefined, calendars).problems;
    expect(found.map(formatProblem)).toEqual([expected]);
  });

  test.each([
    ['', ['1:1 This is empty; expected an object. (wrong-type)']],
    ['[]', ['1:1 Found []; expected an object. (wrong-type)']],
    ['a,b', ['1:1 Found "a,b"; expected an object. (wrong-type)']],
    ['{}', ['1:1 steps: steps is missing; expected a list of steps, or target. (missing)']],
    [
      '{"steps": []}',
      [
        '1:11 steps: Found an empty list; expected at least one step, such as { after: 90s, set: { priority: 1 } }. Write an entry, or leave the key out if it is optional. (out-of-range)',
      ],
    ],
    ['steps: [', [expect.stringMatching(/^1:9 This is neither valid JSON nor valid YAML: .*\(syntax\)$/)]],
    [
      'a: 1\na: 2',
      [
        expect.stringMatching(
          /^2:1 This is neither valid JSON nor valid YAML: Map keys .*\. Write a once \(/,
        ),
      ],
    ],
    [
      'match: { tags: { tier: [*gold] } }',
      [expect.stringMatching(/^1:25 .* Write "\*gold" in quotes for a text, or \{ wildcard: "\*gold" \} in/)],
    ],
    ['description: @gold', [expect.stringMatching(/^1:14 .*\. Put the text in quotes \(syntax\)$/)]],
    [
      'description: Gold: fast',
      [expect.stringMatching(/^1:14 .*\. Put a text that contains ": " in quotes, or begin the second key/)],
    ],
    ['a: 1\nb:2\nc: 3', [expect.stringMatching(/^2:1 .* with a space after the colon/)]],
    ...['mode', 'paused'].map((key): [string, unknown[]] => [
      `${key}: null\ntarget: 3m`,
      [expect.stringMatching(/\. Write a value, or leave the key out if it is optional\. \(not-allowed\)$/)],
    ]),
    [
      '{"mode": "observer", "clock": "queued", "steps": [{"after": "0s", "set": {"priority": 1}}]}',
      [
        '1:10 mode: Found "observer"; expected one of enforce, observe, off. Did you mean "observe"? (not-allowed)',
        '1:31 clock: Found "queued"; expected one of enqueued, firstEnqueued, initiated, or an object such as { from: enqueued, in: office-hours }. Did you mean "enqueued"? (not-allowed)',
      ],
    ],
    [
      '{"steps": [{"after": 90, "set": {"priority": 1.5}}]}',
      [
        '1:22 steps[0].after: Found 90; expected a duration such as 45s, 3m, 1h30m or PT3M, at most a year. Write "90s". (wrong-type)',
        '1:46 steps[0].set.priority: Found 1.5; expected a whole number. (wrong-type)',
      ],
    ],
    [
      '{"steps": [{"set": {"priority": 0}}, {"after": "1s", "by": "2s", "set": {}}]}',
      [
        '1:12 steps[0]: Found neither after nor by; expected one of after and by, such as "after: 90s" (reached then) or ' +
          '"by: 3m" (in effect then). (step-time)',
        '1:33 steps[0].set.priority: Found 0; expected at least 1. (out-of-range)',
        '1:38 steps[1]: Found after and by; expected one of after and by, such as "after: 90s" (reached then) or ' +
          '"by: 3m" (in effect then). (step-time)',
        '1:73 steps[1].set: Found an empty set; expected priority, age, routingCriteria or route. (sets-nothing)',
      ],
    ],
    [
      '{"steps": [{"after": "3m", "set": {"priority": 3}}, {"by": "3m", "set": {"priority": 1}}]}',
      [
        '1:53 steps[1]: This step is reached at 2m, before steps[0] at 3m; expected steps in order of time. (A step ' +
          'with "by" is reached one routing lag, 1m, earlier.) Move it up. (step-order)',
      ],
    ],
    [
      '{"steps": [{"after": "0s", "set": {"priority": 1}}, {"after": "1m", "set": {"priority": 3}}, {"after": "2m", "set": {"age": "5m"}}, {"after": "3m", "set": {"age": "4m"}}]}',
      [
        '1:89 steps[1].set.priority: Found 3, which is less urgent than an earlier step; expected 1 or a smaller ' +
          'number. If lowering is intended, set "allowLower: true" in the policy. (lowers-urgency)',
        '1:164 steps[3].set.age: Found "4m", which is less urgent than an earlier step; expected 5m or more. If ' +
          'lowering is intended, set "allowLower: true" in the policy. (lowers-urgency)',
      ],
    ],
  ])('%s', (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test('allowLower permits steps that lower urgency', () => {
    const steps = [
      { after: '0s', set: { priority: 1 } },
      { after: '1m', set: { priority: 3 } },
    ];
    expect(policy('a', { allowLower: true, steps }).allowLower).toBe(true);
  });

  test('problems of the pattern and of the criteria have their positions', () => {
    const text = `match:
  channel: VOICE
steps:
  - after: 0s
    set:
      routingCriteria: { Steps: [] }
`;
    const [first, second, ...rest] = parsePolicy('a', text).problems;
    expect([first?.path, first?.line]).toEqual([['match', 'channel'], 2]);
    expect([second?.path, second?.line]).toEqual([['steps', 0, 'set', 'routingCriteria', 'Steps'], 6]);
    expect(rest).toEqual([]);
  });

  test('the name is validated, too', () => {
    expect(problems('{"steps": [{"after": "0s", "set": {"priority": 1}}]}', 'Gold_1')).toEqual([
      '1:1 The policy\'s name is "Gold_1"; expected lower-case letters, digits and hyphens. Rename it to "gold-1". (policy-name)',
    ]);
  });

  test('for any text there is a policy or there are problems', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((value) => JSON.stringify({ steps: [{ after: '0s', set: value }], match: value })),
    );
    fc.assert(
      fc.property(text, (drawn) => {
        const parsed = parsePolicy('a', drawn);
        expect(parsed.policy === undefined).toBe(parsed.problems.length > 0);
        if (!parsed.policy && parsed.partial) partialPolicyWarnings(parsed.partial, DEFAULT_SETTINGS);
      }),
    );
  });
});
