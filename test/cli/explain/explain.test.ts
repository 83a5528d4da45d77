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
const ARN = 'arn:aws:connect:eu-central-1:123456789012:instance/i-1';
const EVENT = {
  'detail-type': 'Amazon Connect Contact Event',
  time: MONDAY,
  detail: {
    eventType: 'QUEUED',
    contactId: 'c-9',
    channel: 'VOICE',
    instanceArn: ARN,
    previousContactId: 'c-8',
    queueInfo: {
      queueArn: `${ARN}/queue/q-1`,
      enqueueTimestamp: MONDAY,
    },
  },
};

const TEST = { 'connect:ValidationTestType': { valueString: 'EXPERIENCE_VALIDATION' } };

let files: ReturnType<typeof directoryWith>;
beforeAll(() => {
  files = directoryWith({
    ...POLICIES,
    'routed/routed.yaml':
      'steps: [{ after: 0s, set: { route: ["agents {tags.agentId} for 9s", "Language:{tags.language} >= 3 for 9s", ' +
      '"Skill:{tags.skill} >= 1"] } }]',
    'routed.yaml': JSON.stringify({
      ...EVENT,
      detail: { ...EVENT.detail, tags: { agentId: 'ann', language: 'French' } },
    }),
    'broken/rest.yaml': POLICIES['policies/rest.yaml'],
    'broken/broken.yaml': 'steps: []',
    'gold.yaml': `contactId: c-1\nchannel: VOICE\ntags: { tier: gold }\nenqueuedAt: ${JSON.stringify(MONDAY)}\n`,
    'event.json': JSON.stringify(EVENT),
    'left.json': JSON.stringify({ ...EVENT, detail: { ...EVENT.detail, eventType: 'DISCONNECTED' } }),
    'seconds.json': '{"channel":"VOICE","enqueuedAt":1763892060}',
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
  test.each([
    [
      'initiationMethod: TRANSFER\npreviousContactId: c-8',
      'At 2026-11-23T10:00:00Z (waited 0s): moved governs',
    ],
    ['initiationMethod: API\npreviousContactId: c-8', 'No policy governs the contact.'],
    ['initiationMethod: TRANSFER\npreviousContactId: c-8\ntransfers: 0', 'No policy governs the contact.'],
    ['segmentAttributes: { loyalty: { valueInteger: 3 } }', 'loyal governs'],
    ['segmentAttributes: { loyalty: 3 }', 'loyal governs'],
    ['segmentAttributes: { "connect:ValidationTestType": X }', 'It is a contact of Connect’s own tests'],
    [
      JSON.stringify({ ...EVENT, detail: { ...EVENT.detail, segmentAttributes: TEST } }),
      'It is a contact of Connect’s own tests',
    ],
  ])('says of a file with %s: %s', async (text, expected) => {
    const policy = 'match: { transfers: [1] }\nsteps: [{ after: 0s, set: { priority: 1 } }]\n';
    const loyal = policy.replace('transfers: [1]', 'segmentAttributes: { loyalty: [3] }');
    const dir = directoryWith({ 'p/moved.yaml': policy, 'p/loyal.yaml': loyal });
    const args = ['explain', '--contact-file', '-', '--policies', 'p'];
    const { out } = await cli(args, { cwd: dir.path, stdin: text, now: Date.parse(MONDAY) });
    dir.remove();
    expect(lines(out)[1]).toContain(expected);
  });

  test.each([
    [
      'a recording',
      `${JSON.stringify(EVENT)}\n${JSON.stringify(EVENT)}\n`,
      'stdin has more than one value: expected one contact, such as the first line of a recording: head -n 1 FILE | escalator explain --contact-file -',
    ],
    [
      'nothing',
      '',
      'stdin is neither a contact view nor a contact event:\n  line 1: This is empty; expected an object. (wrong-type)',
    ],
  ])('refuses %s as a contact', async (_, stdin, reason) => {
    expect(await explain(['--contact-file', '-', '--policies', 'policies'], stdin)).toEqual({
      code: 2,
      out: '',
      err: `escalator: ${reason}\n`,
    });
  });

  test('says that the system leaves out an event of an archive that is replayed', async () => {
    const stdin = JSON.stringify({ ...EVENT, 'replay-name': 'again' });
    const { code, err } = await explain(['--contact-file', '-', '--policies', 'policies'], stdin);
    expect(code).toBe(0);
    expect(err).toContain('(replay-name), which the system leaves out');
  });

  test('says what it assumes of conditions, and takes those that the file has as signals', async () => {
    const policy = 'match: { signals: [busy] }\nsteps: [{ after: 0s, set: { priority: 1 } }]\n';
    const condition = 'when: { waiting: [{ numeric: [">", 50] }] }\n';
    const dir = directoryWith({
      'p/busy-first.yaml': policy,
      'p/conditions/busy.yaml': condition,
      'p/conditions/unused.yaml': condition,
      'queues/busy-first.yaml': policy,
      'queues/conditions/busy.yaml': `queues: [${ARN}/queue/other]\n${condition}`,
      'plain/rest.yaml': POLICIES['policies/rest.yaml'],
    });
    const run = (stdin: string, policies: string, ...args: string[]) =>
      cli(['explain', '--contact-file', '-', '--policies', policies, ...args], {
        cwd: dir.path,
        stdin,
        now: Date.parse(MONDAY),
      });
    const without = await run(JSON.stringify(EVENT), 'p');
    const held = await run('signals: [busy]', 'p');
    const { out: json } = await run('signals: [busy]', 'p', '--json');
    const plain = await run(JSON.stringify(EVENT), 'plain');
    const elsewhere = await run(JSON.stringify(EVENT), 'queues');
    const named = await run(JSON.stringify(EVENT).replace('queue/q-1', 'queue/other'), 'queues');
    dir.remove();
    expect(without.out).toContain('No policy governs the contact.');
    expect(lines(without.out).filter((line) => line.startsWith('Assumed'))).toEqual([
      'Assumed: the condition busy does not hold for its queue. signals: [busy] in a contact view says that it does.',
    ]);
    expect(held.out).toContain('busy-first governs');
    expect(held.out).toContain(
      'Assumed: the condition busy holds for its queue, since the contact has that signal.\n',
    );
    expect(JSON.parse(json).assumedConditions).toEqual([{ name: 'busy', holds: true }]);
    expect(plain.out).not.toContain('Assumed');
    // The queue of the contact is another one.
    expect(elsewhere.out).not.toContain('Assumed');
    expect(named.out).toContain('Assumed: the condition busy does not hold');
  });

  test('explains which policy governs and why the others do not, its steps, and the updates', async () => {
    const { code, out, err } = await explain([
      '--contact-file',
      'gold.yaml',
      '--at',
      '90s',
      '--policies',
      'policies',
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`Contact c-1 of instance some-instance has been in some-queue since 2026-11-23T10:00:00Z.
At 2026-11-23T10:01:30Z (waited 1m30s): gold governs; step 1 is reached: priority 3.

Policies, in order of evaluation:
  closed (precedence 1) no: outside its hours, which begin at 2026-11-24T07:00:00Z
  nobody (precedence 2) no: the contact is not in its rollout of 0 %
  gold (precedence 10) governs
      yes: channel is VOICE (found VOICE)
      yes: one of
          yes: tags.tier is gold (found gold)
        or
          no: signals is vip (found none)
  private (precedence 20) not evaluated: a policy before it governs
      unknown: attributes.segment is private (not known)
  rest (precedence 100) not evaluated: a policy before it governs
  unused (precedence 100) no: its mode is off

Steps of gold:
  0s      step 1: priority 3
  1m      step 2: priority 2 (skipped: its when does not hold)
      no: signals is angry (found none)
  2m      step 3: priority 1

Timeline, if the contact remains in the queue and no event or message arrives:
  2026-11-23T10:00:00Z waited 0s: gold, step 1: sets priority 3 (past)
  2026-11-23T10:02:00Z waited 2m: gold, step 3: sets priority 1
  2026-11-24T07:00:00Z waited 21h: closed, step 1: no update
  The timeline ends at 2026-11-24T10:01:30Z; the next reconcile is at 2026-11-24T17:00:00Z.
`);
  });

  test.each([
    [
      '3m',
      'By its target it is due at 2026-11-23T10:03:00Z, in 3m. Its age is the horizon of 30m less the 3m from its enqueue until then,',
    ],
    [
      '45m',
      'By its target it is due at 2026-11-23T10:45:00Z, in 45m. That is not before the horizon of 30m,',
    ],
  ])('says when a contact with the target %s is due', async (target, expected) => {
    const dir = directoryWith({ 'p/a.yaml': `target: ${target}\n` });
    const stdin = `channel: VOICE\nenqueuedAt: ${JSON.stringify(MONDAY)}`;
    const args = ['explain', '--contact-file', '-', '--policies', 'p'];
    const { code, out } = await cli(args, { cwd: dir.path, stdin, now: Date.parse(MONDAY) });
    dir.remove();
    expect(code).toBe(0);
    const effect =
      target === '3m' ? 'a governs by its target: age 27m.' : 'a governs; its target sets no age.';
    expect(lines(out)[1]).toContain(effect);
    expect(lines(out)[2]).toContain(expected);
  });

  test('says that a transferred contact was due before it entered this queue', async () => {
    const dir = directoryWith({ 'p/a.yaml': 'target: 90s\nclock: firstEnqueued\n' });
    const stdin = `channel: VOICE\nenqueuedAt: ${JSON.stringify(MONDAY)}\nfirstEnqueuedAt: "2026-11-23T09:50:00Z"\n`;
    const args = ['explain', '--contact-file', '-', '--policies', 'p'];
    const { out } = await cli(args, { cwd: dir.path, stdin, now: Date.parse(MONDAY) });
    dir.remove();
    expect(lines(out)[1]).toContain('a governs by its target: age 38m30s.');
    expect(lines(out)[2]).toContain(
      'due at 2026-11-23T09:51:30Z, 8m30s ago. Its age is the horizon of 30m plus the 8m30s from then until its enqueue,',
    );
  });

  test('names the calendar that is closed, and counts its open hours alone', async () => {
    const dir = directoryWith({
      'p/calendars/nights.yaml': 'timezone: UTC\nhours: ["daily 20:00-06:00"]',
      'p/calendars/office.yaml': 'timezone: UTC\nhours: ["Mon-Fri 09:00-12:00"]',
      'p/a.yaml': 'precedence: 1\nduring: nights\nsteps: [{ after: 0s, set: { priority: 3 } }]',
      'p/b.yaml': 'clock: { in: office }\nsteps: [{ after: 150m, set: { priority: 2 } }]',
    });
    const args = ['explain', '--contact-file', '-', '--policies', 'p'];
    const stdin = `channel: EMAIL\nenqueuedAt: ${JSON.stringify(MONDAY)}`;
    const { out } = await cli(args, { cwd: dir.path, stdin, now: Date.parse(MONDAY) });
    dir.remove();
    expect(out).toContain(
      'a (precedence 1) no: outside its hours (the calendar nights), which begin at 2026-11-23T20:00:00Z\n',
    );
    // Two hours are left on Monday, so the other half an hour ends at 9:30 on Tuesday.
    expect(out).toContain('2026-11-24T09:30:00Z waited 23h30m: b, step 1: sets priority 2\n');
  });

  describe('times', () => {
    const berlin = {
      'p/calendars/office.yaml': 'timezone: Europe/Berlin\nhours: ["Mon-Fri 09:00-18:00"]',
      'p/a.yaml':
        'clock: { in: office }\nsteps: [{ after: 60s, set: { route: ["Language:German >= 3 for 45s", "Language:German >= 1"] } }]',
    };

    test.each<[args: string[], reader: string, head: string]>([
      [[], 'Asia/Tokyo', '2026-11-23 11:00:00 (10:00:00Z)'],
      [['--timezone', 'Asia/Tokyo'], 'UTC', '2026-11-23 19:00:00 (10:00:00Z)'],
      [['--timezone', 'Pacific/Kiritimati'], 'UTC', '2026-11-24 00:00:00 (2026-11-23T10:00:00Z)'],
      [['--timezone', 'UTC'], 'Asia/Tokyo', '2026-11-23T10:00:00Z'],
    ])('with %j for a reader in %s', async (args, timezone, head) => {
      const dir = directoryWith(berlin);
      const all = ['explain', '--contact-file', '-', '--policies', 'p', ...args];
      const stdin = `channel: VOICE\nenqueuedAt: ${JSON.stringify(MONDAY)}`;
      const { out } = await cli(all, { cwd: dir.path, stdin, timezone, now: Date.parse(MONDAY) });
      dir.remove();
      expect(lines(out)[0]).toBe(
        `Contact some-contact of instance some-instance has been in some-queue since ${head}.`,
      );
    });

    test('are those of the reader where the policy has no hours', async () => {
      const args = ['explain', '--contact-file', 'gold.yaml', '--policies', 'policies'];
      const { out } = await cli(args, {
        cwd: files.path,
        timezone: 'Asia/Kathmandu',
        now: Date.parse(MONDAY),
      });
      expect(out).toContain('since 2026-11-23 15:45:00 (10:00:00Z).\n');
      expect(out).toContain('\nTimes are those of Asia/Kathmandu, with UTC in brackets.\n');
    });

    test('the name of the queue is given in a contact view, and otherwise not known', async () => {
      const dir = directoryWith({
        'p/billing.yaml':
          'match: { queue: { name: [Billing] } }\nsteps: [{ after: 0s, set: { priority: 1 } }]\n',
      });
      const args = ['explain', '--contact-file', '-', '--policies', 'p'];
      const run = (stdin: string) => cli(args, { cwd: dir.path, stdin, now: Date.parse(MONDAY) });
      const known = await run('queue: { id: q-7, name: Billing }');
      const other = await run('queue: { id: q-7, name: Support }');
      const unknown = await run('queue: { id: q-7 }');
      dir.remove();
      expect(known.out).toContain('has been in Billing since');
      expect(known.out).toContain('billing governs; step 1 is reached: priority 1.');
      expect(other.out).toContain('no: queue.name is Billing (found Support)');
      expect(unknown.out).toContain(
        'Which policy governs the contact depends on the name of its queue, which is not known yet. It is looked up ' +
          'while a policy in force names it.',
      );
      expect(unknown.out).toContain('may govern: this depends on the name of the queue, which is not known');
      expect(unknown.out).toContain('unknown: queue.name is Billing (not known)');
      expect(unknown.out).toContain('name of the queue not known yet');
    });

    test('a route is shown in the short form, with the end of each step', async () => {
      const dir = directoryWith(berlin);
      const args = ['explain', '--contact-file', '-', '--policies', 'p'];
      const stdin = `channel: VOICE\nenqueuedAt: ${JSON.stringify(MONDAY)}`;
      const { out } = await cli(args, { cwd: dir.path, stdin, now: Date.parse(MONDAY) });
      dir.remove();
      expect(out).toContain(
        '  1m      step 1: route Language:German >= 3 for 45s, then Language:German >= 1\n',
      );
      expect(out).toContain(
        '  2026-11-23 11:01:00 (10:01:00Z) waited 1m: a, step 1: sets route Language:German >= 3 until ' +
          '2026-11-23 11:01:45 (10:01:45Z), then Language:German >= 1 without end\n',
      );
    });

    test('a zone that does not exist is a usage error', async () => {
      const { code, err } = await explain(['--contact-file', 'gold.yaml', '--timezone', 'Mars/Olympus']);
      expect(code).toBe(2);
      expect(err).toContain('Expected a time zone of the IANA database, such as Europe/Berlin or UTC.');
    });

    test('a zone whose sign is the opposite of its name is said', async () => {
      const args = ['--contact-file', 'gold.yaml', '--policies', 'policies', '--timezone', 'Etc/GMT+2'];
      const { code, err } = await explain(args);
      expect(code).toBe(0);
      expect(err).toContain('--timezone: Etc/GMT+2 is 2 h behind UTC');
    });
  });

  test('an observing policy is shown beside the one that governs', async () => {
    const dir = directoryWith({
      'p/watch.yaml':
        'precedence: 1\nmode: observe\nsteps:\n  - { after: 0s, set: { priority: 4 } }\n  - { after: 1m, set: { priority: 1 } }\n',
      'p/all.yaml': 'steps: [{ after: 0s, set: { priority: 3 } }]\n',
      'p/late.yaml': 'precedence: 200\nmode: observe\nsteps: [{ after: 0s, set: { priority: 1 } }]\n',
    });
    const args = ['explain', '--contact-file', '-', '--policies', 'p', '--at', '90s'];
    const { out } = await cli(args, { cwd: dir.path, stdin: '{}', now: Date.parse(MONDAY) });
    dir.remove();
    expect(lines(out).slice(1, 8)).toEqual([
      'At 2026-11-23T10:01:30Z (waited 1m30s): all governs; step 1 is reached: priority 3.',
      'watch observes; step 2 is reached: it would have set priority 1.',
      '',
      'Policies, in order of evaluation:',
      '  watch (precedence 1) observes: it would govern if it were enforced',
      '  all (precedence 100) governs',
      '  late (precedence 200) not evaluated: a policy before it governs',
    ]);
    expect(out).toContain('waited 0s: all, step 1: sets priority 3; watch would set priority 4 (past)\n');
    expect(out).toContain('waited 1m: all, step 1: no update; watch would set priority 1 (past)\n');
  });

  test('an observing policy with a target is shown by what it would have set', async () => {
    const dir = directoryWith({ 'p/watch.yaml': 'mode: observe\ntarget: 3m\n' });
    const args = ['explain', '--contact-file', '-', '--policies', 'p'];
    const { out } = await cli(args, { cwd: dir.path, stdin: '{}', now: Date.parse(MONDAY) });
    dir.remove();
    expect(lines(out)[2]).toBe('watch observes: it would have set age 27m.');
  });

  test('says what was put into a route, and which of its steps are left out and why', async () => {
    const { out, code } = await explain([
      '--contact-file',
      'routed.yaml',
      '--policies',
      'routed',
      '--at',
      '1m',
    ]);
    expect(code).toBe(0);
    expect(out).toContain(`Steps of routed:
  0s      step 1: route agents {tags.agentId} for 9s, then Language:{tags.language} >= 3 for 9s, then Skill:{tags.skill} >= 1
      {tags.agentId} is "ann"
      {tags.language} is "French"
      step 1 of the route is left out: Connect takes no "ann" in place of {tags.agentId}
      step 3 of the route is left out: the contact has no text for {tags.skill}
`);
    expect(out).toContain('sets route Language:French >= 3 until 2026-11-23T10:00:09Z');
  });

  test('says that a step sets nothing where all of its route is left out', async () => {
    const dir = directoryWith({
      'p/one.yaml': 'steps: [{ after: 0s, set: { route: ["agents {tags.agentId} for 9s"] } }]\n',
    });
    const args = ['explain', '--contact-file', '-', '--policies', 'p'];
    const { out } = await cli(args, { cwd: dir.path, stdin: '{}', now: Date.parse(MONDAY) });
    dir.remove();
    expect(lines(out)[1]).toBe(
      'At 2026-11-23T10:00:00Z (waited 0s): one governs; step 1 is reached, and sets nothing.',
    );
  });

  test('attributes that are not known leave the policy undecided, and are requested', async () => {
    const { out } = await explain(['--contact-file', '-', '--policies', 'policies'], '{"channel":"CHAT"}');
    expect(lines(out)[1]).toBe(
      'At 2026-11-23T10:00:00Z (waited 0s): Which policy governs the contact depends on attributes that are not known. They are requested from Connect: segment.',
    );
    expect(out).toContain(
      '  private (precedence 20) may govern: this depends on attributes that are not known\n',
    );
    expect(out).toContain(
      '  rest (precedence 100) may govern: this depends on attributes that are not known\n',
    );
  });

  test('a view with attributes has no others', async () => {
    const { out } = await explain(['--contact-file', '-', '--policies', 'policies'], '{"attributes":{}}');
    expect(out).toContain('no: attributes.segment is private (found nothing)\n');
    expect(out).toContain('  rest (precedence 100) governs\n');
  });

  test('the file may be a contact event, with or without its envelope', async () => {
    const whole = await explain(['--contact-file', 'event.json', '--policies', 'policies', '--at', '1m']);
    expect(lines(whole.out).slice(0, 1)).toEqual([
      'Contact c-9 of instance i-1 has been in q-1 since 2026-11-23T10:00:00Z.',
    ]);
    const detail = await explain(
      ['--contact-file', '-', '--policies', 'policies', '--at', '1m'],
      JSON.stringify(EVENT.detail),
    );
    expect(detail.out).toBe(whole.out);
  });

  test('a contact that has left its queue has no timeline', async () => {
    const { out } = await explain(['--contact-file', 'left.json', '--policies', 'policies', '--at', '1m']);
    expect(lines(out).slice(0, 2)).toEqual([
      'Contact c-9 of instance i-1 was last enqueued in q-1 at 2026-11-23T10:00:00Z.',
      'At 2026-11-23T10:01:00Z (waited 1m): The contact is not in a queue, so the system does not act on it.',
    ]);
    expect(out).not.toContain('Timeline');
    expect(out).toContain(
      '  rest (precedence 100) would govern, but the system does not act on the contact\n',
    );
  });

  test('an invalid policy is ignored and reported, with the exit code of problems', async () => {
    const { code, out, err } = await explain(['--contact-file', 'gold.yaml', '--policies', 'broken']);
    expect({ code, err }).toEqual({
      code: 1,
      err: 'escalator: broken/broken.yaml is not valid and is ignored. Run escalator check to see why.\n',
    });
    expect(out).toContain('no step is reached.\n');
  });

  test('--json prints one document', async () => {
    const { out } = await explain([
      '--contact-file',
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
      verdicts: ['closed', 'not-in-rollout', 'governs', 'preceded', 'preceded', 'off'],
    });
    expect(timeline[0]).toMatchObject({
      at: Date.parse(MONDAY),
      sourceIndex: 0,
      calls: [{ QueuePriority: 3 }],
    });
  });

  test.each([
    { args: [], err: 'Pass --contact-file FILE, or --contact-id ID for a live contact.' },
    {
      args: ['--table', 't'],
      err: 'Pass --contact-file FILE, or --contact-id ID for a live contact.',
    },
    {
      args: ['--contact-file', 'gold.yaml', '--table', 't'],
      err: '--contact-file cannot be used with --table, --contact-id, --instance-id or --record.',
    },
    {
      args: ['--contact-file', 'nowhere.json', '--policies', 'policies'],
      err: 'nowhere.json does not exist.',
    },
    {
      args: ['--contact-file', 'policies', '--policies', 'policies'],
      err: 'policies is a directory; expected a file.',
    },
    {
      args: ['--contact-file', 'wrong.json', '--policies', 'policies'],
      err: `wrong.json is neither a contact view nor a contact event:
  line 3: enqueuedAt: Found "noon"; expected a time with its zone, such as 2026-11-23T10:00:00Z. (not-allowed)
  line 2: chanel: "chanel" is not a known key; expected one of instanceId, contactId, initialContactId, previousContactId, channel, initiationMethod, queue, tags, segmentAttributes, attributes, signals, transfers, recentContacts, enqueuedAt, firstEnqueuedAt, initiatedAt, connectedAt, disconnectedAt. Did you mean "channel"? (unknown-key)`,
    },
    {
      args: ['--contact-file', 'seconds.json', '--policies', 'policies'],
      err: `seconds.json is neither a contact view nor a contact event:
  line 1: enqueuedAt: Found 1763892060; expected a string. Write "2025-11-23T10:01:00.000Z". (wrong-type)`,
    },
    {
      args: ['--contact-file', 'notes.md', '--policies', 'policies'],
      err: 'notes.md is neither a contact view nor a contact event: line 3: This is neither valid JSON nor valid YAML: Plain value cannot start with reserved character `. Put the text in quotes (syntax)',
    },
    {
      args: ['--contact-file', 'package.json', '--policies', 'policies'],
      err: 'package.json is neither a contact view nor a contact event: it has none of instanceId, contactId, initialContactId, previousContactId, channel, initiationMethod, queue, tags, segmentAttributes, attributes, signals, transfers, recentContacts, enqueuedAt, firstEnqueuedAt, initiatedAt, connectedAt, disconnectedAt.',
    },
    {
      args: ['--contact-file', 'empty.yaml', '--policies', 'policies'],
      err: 'empty.yaml is neither a contact view nor a contact event:\n  line 1: This is empty; expected an object. (wrong-type)',
    },
    {
      args: ['--contact-file', 'nobody.json', '--policies', 'policies'],
      err: 'nobody.json is not a valid contact event: detail.contactId is missing: expected the id of a contact.',
    },
  ])('$args is a usage error', async ({ args, err }) => {
    expect(await explain(args)).toEqual({ code: 2, out: '', err: `escalator: ${err}\n` });
  });
});
