import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cli, directoryWith } from '../support/run-cli.ts';

const POLICIES = {
  'policies/closed.yaml': `precedence: 1
during: { timezone: Europe/Berlin, hours: ["Tue-Fri 08:00-18:00"] }
steps: [{ after: 0s, set: { priority: 1 } }]
`,
  'policies/nobody.yaml': `precedence: 2
rollout: 0
steps: [{ after: 0s, set: { priority: 1 } }]
`,
  'policies/gold.yaml': `precedence: 10
match:
  channel: [VOICE]
  $or:
    - tags: { tier: [gold] }
    - signals: [vip]
steps:
  - after: 0s
    set: { priority: 3 }
  - after: 1m
    when: { signals: [angry] }
    set: { priority: 2 }
  - by: 3m
    set: { priority: 1 }
`,
  'policies/private.yaml': `precedence: 20
match: { attributes: { segment: [private] } }
steps: [{ after: 0s, set: { priority: 1 } }]
`,
  'policies/rest.yaml': 'steps: [{ after: 1m, set: { age: 30s } }]\n',
  'policies/unused.yaml': 'mode: off\nsteps: [{ after: 1m, set: { age: 30s } }]\n',
};

const MONDAY = '2026-11-23T10:00:00Z';
const EVENT = {
  'detail-type': 'Amazon Connect Contact Event',
  time: MONDAY,
  detail: {
    eventType: 'QUEUED',
    contactId: 'c-9',
    channel: 'VOICE',
    instanceArn: 'arn:aws:connect:eu-central-1:123456789012:instance/i-1',
    previousContactId: 'c-8',
    queueInfo: {
      queueArn: 'arn:aws:connect:eu-central-1:123456789012:instance/i-1/queue/q-1',
      enqueueTimestamp: MONDAY,
    },
  },
};

let files: ReturnType<typeof directoryWith>;
beforeAll(() => {
  files = directoryWith({
    ...POLICIES,
    'broken/rest.yaml': POLICIES['policies/rest.yaml'],
    'broken/broken.yaml': 'steps: []',
    'gold.yaml': `contactId: c-1\nchannel: VOICE\ntags: { tier: gold }\nenqueuedAt: ${JSON.stringify(MONDAY)}\n`,
    'event.json': JSON.stringify(EVENT),
    'left.json': JSON.stringify({ ...EVENT, detail: { ...EVENT.detail, eventType: 'DISCONNECTED' } }),
    'wrong.json': '{\n  "chanel": "VOICE",\n  "enqueuedAt": "noon"\n}',
    'notes.md': '# Notes\n\n- a: `b`\n- c: [d\n\nMore: of: this\n',
    'package.json': '{"name":"x","version":"1","private":true}',
    'empty.yaml': '',
    'nobody.json': '{"detail":{"eventType":"QUEUED"}}',
  });
});
afterAll(() => files.remove());
const explain = (args: readonly string[], stdin = '') =>
  cli(['explain', ...args], { cwd: files.path, stdin, now: Date.parse(MONDAY) });
const lines = (text: string) => text.split('\n');

describe('escalator explain', () => {
  test('it tells who governs and why not the others, the steps and what is sent when', async () => {
    const { code, out, err } = await explain([
      '--contact',
      'gold.yaml',
      '--at',
      '90s',
      '--policies',
      'policies',
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`Contact c-1 of instance some-instance waits in some-queue since 2026-11-23T10:00:00Z.
At 2026-11-23T10:01:30Z (waited 1m30s): gold governs; steps[0] is reached and wants priority 3.

Policies, in the order in which they are asked:
  closed (precedence 1) no: outside of its hours, which begin at 2026-11-24T07:00:00Z
  nobody (precedence 2) no: the contact is not among the 0 % of its rollout
  gold (precedence 10) governs
      yes: channel wants ["VOICE"], the contact has "VOICE"
      yes: one of
          yes: tags.tier wants ["gold"], the contact has "gold"
        or
          no: signals wants ["vip"], the contact has []
  private (precedence 20) not asked: an earlier one governs
      unknown: attributes.segment wants ["private"], what the contact has is not known
  rest (precedence 100) not asked: an earlier one governs
  unused (precedence 100) no: its mode is off

Steps of gold:
  0s      steps[0] priority 3
  1m      steps[1] priority 2 (passed over while its when does not hold)
      no: signals wants ["angry"], the contact has []
  2m      steps[2] priority 1

Timeline, if nothing but time passes:
  2026-11-23T10:00:00Z waited 0s: gold steps[0]: sends QueuePriority 3 (past)
  2026-11-23T10:02:00Z waited 2m: gold steps[2]: sends QueuePriority 1
  2026-11-24T07:00:00Z waited 21h: closed steps[0]: nothing is sent
  Told until 2026-11-24T10:01:30Z; the next look is at 2026-11-24T17:00:00Z.
`);
  });

  test('attributes that are not known leave it open, and are said to be asked for', async () => {
    const { out } = await explain(['--contact', '-', '--policies', 'policies'], '{"channel":"CHAT"}');
    expect(lines(out)[1]).toBe(
      'At 2026-11-23T10:00:00Z (waited 0s): Which policy governs it depends on attributes that are not known: Connect is asked for segment.',
    );
    expect(out).toContain('  private (precedence 20) may govern: that takes attributes that are not known\n');
    expect(out).toContain('  rest (precedence 100) may govern: that takes attributes that are not known\n');
  });

  test('a view with attributes knows which ones are absent', async () => {
    const { out } = await explain(['--contact', '-', '--policies', 'policies'], '{"attributes":{}}');
    expect(out).toContain('no: attributes.segment wants ["private"], the contact has nothing\n');
    expect(out).toContain('  rest (precedence 100) governs\n');
  });

  test('a contact event will do, with or without its envelope', async () => {
    const whole = await explain(['--contact', 'event.json', '--policies', 'policies', '--at', '1m']);
    expect(lines(whole.out).slice(0, 1)).toEqual([
      'Contact c-9 of instance i-1 waits in q-1 since 2026-11-23T10:00:00Z.',
    ]);
    const detail = await explain(
      ['--contact', '-', '--policies', 'policies', '--at', '1m'],
      JSON.stringify(EVENT.detail),
    );
    expect(detail.out).toBe(whole.out);
  });

  test('for a contact that has left nothing is done', async () => {
    const { out } = await explain(['--contact', 'left.json', '--policies', 'policies', '--at', '1m']);
    expect(lines(out).slice(0, 2)).toEqual([
      'Contact c-9 of instance i-1 was in q-1 since 2026-11-23T10:00:00Z.',
      'At 2026-11-23T10:01:00Z (waited 1m): It does not wait in a queue, so nothing is done for it.',
    ]);
    expect(out).not.toContain('Timeline');
    expect(out).toContain('  rest (precedence 100) would govern, if the contact were not left alone\n');
  });

  test('an invalid policy is left out, and said to be', async () => {
    const { code, out, err } = await explain(['--contact', 'gold.yaml', '--policies', 'broken']);
    expect({ code, err }).toEqual({
      code: 0,
      err: 'escalator: broken/broken.yaml is not valid, so it is left out. Run escalator check to see why.\n',
    });
    expect(out).toContain('no step is reached, which wants nothing.\n');
  });

  test('--json is for programs', async () => {
    const { out } = await explain([
      '--contact',
      'gold.yaml',
      '--policies',
      'policies',
      '--json',
      '--at',
      '2026-11-23T10:05:00Z',
    ]);
    const { plan, policies, timeline } = JSON.parse(out);
    expect({
      plan: plan.policy,
      step: plan.step,
      verdicts: policies.map(({ verdict }: { verdict: string }) => verdict),
    }).toEqual({
      plan: 'gold',
      step: 2,
      verdicts: ['closed', 'not-in-rollout', 'governs', 'shadowed', 'shadowed', 'off'],
    });
    expect(timeline[0]).toMatchObject({ at: Date.parse(MONDAY), source: 0, calls: [{ QueuePriority: 3 }] });
  });

  test.each([
    { args: [], err: 'Pass --contact FILE, or --contact-id ID for a live contact.' },
    {
      args: ['--table', 't'],
      err: 'Pass --contact FILE, or --contact-id ID for a live contact.',
    },
    {
      args: ['--contact', 'gold.yaml', '--table', 't'],
      err: '--contact explains a contact from a file; leave out --table, --contact-id and --instance-id.',
    },
    { args: ['--contact', 'nowhere.json', '--policies', 'policies'], err: 'nowhere.json does not exist.' },
    {
      args: ['--contact', 'policies', '--policies', 'policies'],
      err: 'policies is a directory, where a file is expected.',
    },
    {
      args: ['--contact', 'wrong.json', '--policies', 'policies'],
      err: `wrong.json is neither a contact view nor a contact event:
  line 3: enqueuedAt: Found "noon"; expected a time such as 2026-11-23T10:00:00Z. (not-allowed)
  line 2: chanel: "chanel" is not a known key; expected one of instanceId, contactId, initialContactId, previousContactId, channel, initiationMethod, queue, tags, segmentAttributes, attributes, signals, transfers, enqueuedAt, firstEnqueuedAt, initiatedAt, connectedAt, disconnectedAt. Did you mean "channel"? (unknown-key)`,
    },
    {
      args: ['--contact', 'notes.md', '--policies', 'policies'],
      err: 'notes.md is neither a contact view nor a contact event: line 3: This is neither valid JSON nor valid YAML: Plain value cannot start with reserved character ` (syntax)',
    },
    {
      args: ['--contact', 'package.json', '--policies', 'policies'],
      err: 'package.json is neither a contact view nor a contact event: it has none of instanceId, contactId, initialContactId, previousContactId, channel, initiationMethod, queue, tags, segmentAttributes, attributes, signals, transfers, enqueuedAt, firstEnqueuedAt, initiatedAt, connectedAt, disconnectedAt.',
    },
    {
      args: ['--contact', 'empty.yaml', '--policies', 'policies'],
      err: 'empty.yaml is neither a contact view nor a contact event:\n  line 1: This is empty; expected an object. (wrong-type)',
    },
    {
      args: ['--contact', 'nobody.json', '--policies', 'policies'],
      err: 'nobody.json is no contact event: detail.contactId is missing: expected the id of a contact.',
    },
  ])('wrong use: $args', async ({ args, err }) => {
    expect(await explain(args)).toEqual({ code: 2, out: '', err: `escalator: ${err}\n` });
  });
});
