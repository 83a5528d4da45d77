import { describe, expect, test } from '@jest/globals';
import { boundaries, type CalendarSource, isOpen } from '../../../sim/dst/reference/calendar.ts';
import { possibleCounts } from '../../../sim/dst/reference/customers.ts';
import { judgeAtRest, judgeLateness, judgeTimes, judgeUpdates } from '../../../sim/dst/reference/judge.ts';
import { type ConditionSource, type Observation, queueSignals } from '../../../sim/dst/reference/load.ts';
import { patternMatches } from '../../../sim/dst/reference/pattern.ts';
import { type PolicySource, wantedOf, withCalendars } from '../../../sim/dst/reference/policies.ts';
import { type Story, storiesOf } from '../../../sim/dst/reference/story.ts';

const T0 = Date.parse('2026-11-23T10:00:00Z');

const STORY: Story = {
  contactId: 'c-1',
  initialContactId: 'c-1',
  channel: 'VOICE',
  tags: { tier: 'gold' },
  enqueuedAt: T0,
  firstEnqueuedAt: T0 - 60_000,
  transfers: 1,
  pauses: [],
  earlierPauses: [],
  horizonSeconds: 1_800,
  queueId: 'q',
  queueSignals: [],
  unstaffed: [],
  attributes: [],
  signals: [{ name: 'angry', from: T0 + 30_000, until: T0 + 90_000 }],
  overrides: [],
};

const LADDER: PolicySource = {
  steps: [
    { after: '10s', set: { priority: 4 } },
    { after: '20s', when: { signals: ['angry'] }, set: { priority: 2, route: ['A:x >= 1'] } },
    { by: '2m', set: { age: '3m' } },
  ],
};

const wanted = (policy: PolicySource, atSeconds: number, story = STORY) =>
  wantedOf({ policy }, story, T0 + atSeconds * 1_000);

describe('the reference model of policies', () => {
  test.each([
    [9.999, { policy: 'policy', allowLower: false }],
    [10, { policy: 'policy', allowLower: false, priority: 4 }],
    [29, { policy: 'policy', allowLower: false, priority: 4 }],
    [30, { policy: 'policy', allowLower: false, priority: 2, route: ['A:x >= 1'] }],
    [60, { policy: 'policy', allowLower: false, ageSeconds: 180, route: ['A:x >= 1'] }],
    [90, { policy: 'policy', allowLower: false, ageSeconds: 180 }],
  ])('wants at %d s what the steps reached set', (atSeconds, expected) => {
    expect(wanted(LADDER, atSeconds)).toEqual(expected);
  });

  test.each([
    ['stays where its signal brought it about', true, ['A:x >= 1']],
    ['is gone where no signal did', false, undefined],
  ])('the route of a step %s', (_name, hasBegun, route) => {
    const now = T0 + 90_000;
    const { route: found, ageSeconds } = wantedOf({ policy: LADDER }, STORY, now, () => hasBegun);
    expect({ route: found, ageSeconds }).toEqual({ route, ageSeconds: 180 });
  });

  test('measures from the first queue of the chain where the policy says so', () => {
    expect(wanted({ ...LADDER, clock: 'firstEnqueued' }, 0).ageSeconds).toBe(180);
  });

  test('unfolds a ramp up to its cap', () => {
    const ramp: PolicySource = {
      steps: [{ from: '10s', every: '10s', ramp: { age: { add: '40s', upTo: '100s' } } }],
    };
    expect([9, 10, 20, 30, 90].map((at) => wanted(ramp, at).ageSeconds)).toEqual([
      undefined,
      40,
      80,
      100,
      100,
    ]);
  });

  test('lets the clock stand still in a pause, which nobody knows before it begins', () => {
    const paused = { ...STORY, pauses: [{ from: T0 + 5_000, until: T0 + 25_000 }] };
    expect([10, 29, 30].map((at) => wanted(LADDER, at, paused).priority)).toEqual([undefined, undefined, 4]);
  });

  test('unfolds a ramp of priorities', () => {
    const ramp: PolicySource = {
      steps: [{ from: '10s', every: '10s', ramp: { priority: { from: 4, to: 3 } } }],
    };
    expect([9, 10, 20, 30].map((at) => wanted(ramp, at).priority)).toEqual([undefined, 4, 3, 3]);
  });

  test.each([
    ['from the last queue', { target: '3m' }, 1_620],
    ['from the first queue', { target: '3m', clock: 'firstEnqueued' }, 1_680],
    ['for the place of the whole chain', { target: 'horizon', clock: 'firstEnqueued' }, 60],
    ['beyond the horizon', { target: '1h' }, undefined],
  ])('wants the age of a target %s', (_case, policy, expected) => {
    expect(wanted(policy, 0).ageSeconds).toBe(expected);
  });

  test('keeps the age of a target beside the priorities of steps', () => {
    const policy: PolicySource = { target: '3m', steps: [{ after: '10s', set: { priority: 2 } }] };
    expect(wanted(policy, 10)).toMatchObject({ ageSeconds: 1_620, priority: 2 });
  });

  test('puts off when a contact is due by its pauses, once they are known', () => {
    const paused = { ...STORY, pauses: [{ from: T0 + 5_000, until: T0 + 25_000 }] };
    expect([4, 25].map((at) => wanted({ target: '3m' }, at, paused).ageSeconds)).toEqual([1_620, 1_600]);
    const earlier = { ...STORY, earlierPauses: [{ from: T0 - 40_000, until: T0 - 30_000 }] };
    expect(wanted({ target: '3m', clock: 'firstEnqueued' }, 0, earlier).ageSeconds).toBe(1_670);
  });

  test('takes the first policy that enforces and lets the contact in', () => {
    const set = (priority: number) => [{ after: '0s', set: { priority } }];
    const policies: Record<string, PolicySource> = {
      watching: { precedence: 1, mode: 'observe', steps: set(1) },
      silver: { precedence: 2, match: { tags: { tier: ['silver'] } }, steps: set(2) },
      closed: { precedence: 3, during: { timezone: 'UTC', hours: ['Mon-Fri 08:00-10:00'] }, steps: set(3) },
      never: { precedence: 4, rollout: 0, steps: set(4) },
      b: { precedence: 5, steps: set(5) },
      a: { precedence: 5, steps: set(6) },
    };
    expect(wantedOf(policies, STORY, T0)).toMatchObject({ policy: 'a', priority: 6 });
  });

  test('keeps a contact in its arm of a rollout when it is transferred', () => {
    const policies: Record<string, PolicySource> = {
      half: { rollout: 50, steps: [{ after: '0s', set: { priority: 1 } }] },
    };
    const arms = Array.from({ length: 40 }, (_, index) => {
      const story = { ...STORY, initialContactId: `first-${index}` };
      const before = wantedOf(policies, { ...story, contactId: `first-${index}` }, T0).policy;
      expect(wantedOf(policies, { ...story, contactId: `later-${index}` }, T0).policy).toBe(before);
      return before;
    });
    expect(new Set(arms)).toEqual(new Set(['half', undefined]));
  });

  test.each([
    ['with the tag put in', { language: 'French' }, [], ['L:French >= 2 for 9s', 'L:English >= 1']],
    ['without a step whose tag is missing', {}, [], ['L:English >= 1']],
    ['without a step whose tag is too long', { language: 'x'.repeat(129) }, [], ['L:English >= 1']],
    ['without a step that nobody is staffed for', { language: 'French' }, ['L:French'], ['L:English >= 1']],
    ['not at all where no step is left', {}, ['L:English'], undefined],
  ])('wants a route %s', (_case, tags, unstaffed, route) => {
    const policy: PolicySource = {
      skipUnstaffed: true,
      steps: [{ after: '0s', set: { route: ['L:{tags.language} >= 2 for 9s', 'L:English >= 1'] } }],
    };
    expect(wanted(policy, 0, { ...STORY, tags: tags as Story['tags'], unstaffed }).route).toEqual(route);
    const whole = wanted({ ...policy, skipUnstaffed: false }, 0, { ...STORY, unstaffed: ['L:English'] });
    expect(whole.route).toEqual(['L:English >= 1']);
  });

  test('knows the name of the queue, and how often the customer was queued', () => {
    const policies: Record<string, PolicySource> = {
      named: { precedence: 1, match: { queue: { name: ['other'] } } },
      often: { precedence: 2, match: { recentContacts: [{ numeric: ['>', 1] }] } },
      rest: { precedence: 3, match: { queue: { name: ['q'] } } },
    };
    const governing = (recentContacts: number) =>
      wantedOf(policies, { ...STORY, queueId: 'q-i-1', recentContacts }, T0).policy;
    expect([1, 2].map(governing)).toEqual(['rest', 'often']);
  });

  test('refuses what it does not know, instead of judging wrongly', () => {
    expect(() => patternMatches({ tags: { tier: [{ suffix: 'd' }] } }, STORY)).toThrow('does not know');
    const tokyo = { timezone: 'Asia/Tokyo', hours: [] };
    expect(() => wanted({ during: tokyo, steps: [] }, 0)).toThrow('does not know the time zone Asia/Tokyo');
    const fridays = { timezone: 'UTC', hours: ['Fri 08:00-09:00'] };
    expect(() => wanted({ during: fridays, steps: [] }, 0)).toThrow(
      'does not know the hours Fri 08:00-09:00',
    );
    expect(() => wanted({ during: 'desk', steps: [] }, 0)).toThrow('The calendar desk is not written out');
  });
});

describe('the calendars of the reference model', () => {
  const utc = (...hours: string[]): CalendarSource => ({ timezone: 'UTC', hours });

  // T0 is a Monday, 10:00 in UTC.
  test.each<[string, CalendarSource, boolean]>([
    ['open', utc('Mon-Fri 08:00-10:01'), true],
    ['closed from the end on', utc('Mon-Fri 08:00-10:00'), false],
    ['in another time zone', { ...utc('daily 15:30-15:31'), timezone: 'Asia/Kolkata' }, true],
    ['over midnight', utc('daily 22:00-10:30'), true],
    ['over midnight of a Sunday, which is no workday', utc('Mon-Fri 22:00-10:30'), false],
    ['on an exception', { ...utc('daily 09:00-11:00'), except: ['2026-11-23'] }, false],
    [
      'after a night that began on an exception',
      { ...utc('daily 22:00-10:30'), except: ['2026-11-22'] },
      false,
    ],
  ])('%s', (_case, calendar, expected) => {
    expect(isOpen(calendar, T0)).toBe(expected);
  });

  test('begin and end at the times of their texts', () => {
    expect(boundaries(utc('daily 22:00-10:30'), T0, T0 + 86_400_000)).toEqual(
      [720, 30].map((minutes) => T0 + minutes * 60_000),
    );
  });

  test('stop a clock while they are closed, but not the routing lag', () => {
    const policy: PolicySource = {
      clock: { in: 'desk' },
      steps: [
        { after: '0s', set: { priority: 4 } },
        { by: '2m', set: { priority: 2 } },
      ],
    };
    const { desk } = withCalendars({ desk: policy }, { desk: utc('daily 10:01-10:02', 'daily 10:05-11:00') });
    if (!desk) throw new TypeError('no policy');
    // It shows 60 s at 10:02 and 90 s at 10:05:30; 120 s at 10:06, of which the lag runs on while it is closed.
    expect([0, 299, 300].map((at) => wanted(desk, at).priority)).toEqual([4, 4, 2]);
    expect(wanted({ ...desk, steps: [], target: '90s' }, 0).ageSeconds).toBe(1_800 - 330);
  });
});

describe('the load in the reference model', () => {
  const at = (second: number) => T0 + second * 1_000;
  const waiting = (from: number, until?: number): Story => ({
    ...STORY,
    queueId: 'q-1',
    enqueuedAt: at(from),
    ...(until !== undefined && { leftAt: at(until) }),
  });
  const observation: Observation = {
    lagMs: 5_000,
    settledMs: 20_000,
    from: T0,
    startedAt: T0,
    endsAt: at(600),
    changes: [],
    staffedAt: (moment) => (moment < at(300) ? 3 : 1),
    shiftEnds: [at(300)],
    isKnown: () => true,
  };
  const more = { when: { waiting: [{ numeric: ['>', 1] }] } };
  const stories = [waiting(0), waiting(100, 200)];

  function signalsOf(condition: ConditionSource, given = stories, changed: Partial<Observation> = {}) {
    return queueSignals('q-1', { more: condition }, given, { ...observation, ...changed }).map(
      ({ from, until, isCertain }) => [(from - T0) / 1_000, (until - T0) / 1_000, isCertain],
    );
  }

  test('begins and ends with the load, and in between nobody can tell', () => {
    // Who comes is seen within 5 s, and a load that stays is acted on within 20 s.
    expect(signalsOf(more)).toEqual([
      [98, 125, false],
      [125, 200, true],
      [200, 225, false],
    ]);
  });

  test('stays until the load is as low as its end says', () => {
    const until = { waiting: [{ numeric: ['<', 1] }] };
    expect(signalsOf({ ...more, until }).at(-1)).toEqual([125, 600, true]);
  });

  test('is not known while the load is not read', () => {
    expect(signalsOf(more, stories, { from: at(300) })).toEqual([[0, 320, false]]);
  });

  test.each<[string, ConditionSource]>([
    ['of another queue', { ...more, queues: ['r'] }],
    ['of another channel', { ...more, channel: 'CHAT' }],
  ])('does not count contacts %s', (_case, condition) => {
    expect(signalsOf(condition)).toEqual([]);
  });

  test('may count a contact whose end the system does not know', () => {
    const isKnown = (story: Story) => story.leftAt === undefined;
    expect(signalsOf(more, stories, { isKnown })).toEqual([[98, 600, false]]);
  });

  test('counts the agents who are logged in, also where nobody waits', () => {
    const unmanned = { when: { agentsStaffed: [{ numeric: ['<', 2] }] } };
    expect(signalsOf(unmanned, [])).toEqual([
      [298, 325, false],
      [325, 600, true],
    ]);
  });

  test('counts for how long the oldest one waits', () => {
    const aged = { when: { oldestSeconds: [{ numeric: ['>', 60] }] } };
    expect(signalsOf(aged, [waiting(0)])).toEqual([
      [59, 86, false],
      [86, 600, true],
    ]);
  });
});

describe('the verdict', () => {
  const history = [{ from: T0 - 1, policies: { ladder: LADDER } }];
  const circumstances = { initial: { priority: 5, ageSeconds: 0 }, isAgeCertain: true };
  const atRest = (urgency: object) =>
    judgeAtRest(
      STORY,
      history,
      { priority: 2, ageSeconds: 180, criteria: ['A:x'], ...urgency },
      circumstances,
      T0 + 89_000,
    );

  test.each([
    [{}, undefined],
    [{ ageSeconds: 0 }, 'has age 0 s; ladder wants 180 s'],
    [{ priority: 1 }, 'has priority 1; no policy can have wanted less than 2'],
    [{ ageSeconds: 900 }, 'has age 900 s; no policy can have wanted more than 180 s'],
    [{ criteria: [] }, 'has the criteria ; ladder wants A:x >= 1'],
    [{ criteria: ['A:y'] }, 'has the criteria A:y; ladder wants A:x >= 1'],
  ])('at rest with %j', (urgency, expected) => {
    expect(atRest(urgency)).toBe(expected);
  });

  test.each([
    [{ route: ['B:y >= 1 and C:z >= 2.5 for 30s', 'A:x >= 1'] }, ['B:y and C:z', 'A:x'], undefined],
    [{ route: ['B:y >= 1'] }, ['A:x'], 'has the criteria A:x; an operator wants B:y >= 1'],
    [{ priority: 2 }, [], 'has the criteria ; ladder wants A:x >= 1'],
  ])('under an override that sets %j: the criteria %j', (set, criteria, expected) => {
    const story = { ...STORY, overrides: [{ from: T0 + 40_000, until: T0 + 99_000, ...set }] };
    const urgency = { priority: 2, ageSeconds: 180, criteria };
    expect(judgeAtRest(story, history, urgency, circumstances, T0 + 89_000)).toBe(expected);
  });

  test.each([
    ['lasted', 25_000, ['A:x', 'B:x', 'C:x'], 'has the criteria A:x, B:x, C:x; ladder wants A:x >= 1'],
    ['lasted', 25_000, ['A:x'], undefined],
    ['may have been too short', 35_000, ['A:x', 'B:x', 'C:x'], undefined],
    ['may have been too short', 35_000, ['A:x'], undefined],
    ['may be lost', undefined, ['A:x', 'B:x', 'C:x'], undefined],
    [
      'may be lost',
      undefined,
      ['A:x', 'B:x'],
      'has the criteria A:x, B:x; ladder wants A:x >= 1, B:x >= 1, C:x >= 1',
    ],
  ])('after a signal that %s (%s ms): the criteria %j', (_name, seenWithinMs, criteria, expected) => {
    const first = { after: '0s', set: { route: ['A:x >= 1', 'B:x >= 1', 'C:x >= 1'] } };
    const policies = { ladder: { steps: [first, ...(LADDER.steps ?? [])] } };
    const given = { ...circumstances, ...(seenWithinMs !== undefined && { seenWithinMs }) };
    const urgency = { priority: 2, ageSeconds: 180, criteria };
    expect(judgeAtRest(STORY, [{ from: T0 - 1, policies }], urgency, given, T0 + 95_000)).toBe(expected);
  });

  const update = (atSeconds: number, urgency: object) => ({
    at: T0 + atSeconds * 1_000,
    priority: 5,
    ageSeconds: 0,
    ...urgency,
  });

  test('finds an update before its time', () => {
    const early = [update(5, { priority: 4 })];
    expect(judgeUpdates(STORY, history, early, circumstances)).toMatch(/^was sent priority 4 when no policy/);
    expect(judgeUpdates(STORY, history, [update(10, { priority: 4 })], circumstances)).toBeUndefined();
  });

  const bounds = { boundMs: () => 3_000, configurationMs: 20_000, until: T0 + 600_000 };
  const IN_TIME = [
    update(10.5, { priority: 4 }),
    update(31, { priority: 2 }),
    update(60.5, { priority: 2, ageSeconds: 180 }),
  ];

  test.each([
    ['in time', IN_TIME, undefined],
    ['late', [update(14, { priority: 4 }), ...IN_TIME.slice(1)], /has priority 5 3 s after ladder wanted 4/],
    ['never', IN_TIME.slice(0, 2), /has age 0 s 3 s after ladder wanted 180 s/],
    [
      'what nobody wants',
      [...IN_TIME, update(70, { priority: 3, ageSeconds: 180 })],
      /was sent priority 3 when nothing wanted it/,
    ],
  ])('judges updates that come %s', (_case, updates, expected) => {
    const verdict = judgeTimes(STORY, history, updates, circumstances, bounds);
    if (expected === undefined) expect(verdict).toBeUndefined();
    else expect(verdict).toMatch(expected);
  });

  test.each([
    ['was not made within the bound', [], 'has priority 5 3 s after ladder wanted 4'],
    ['was made within the bound', [update(17, { priority: 4 })], undefined],
    ['was made before', IN_TIME.slice(0, 1), undefined],
  ])('counts from the end of faults, also for a change wanted before that %s', (_case, updates, expected) => {
    const recovered = { ...bounds, from: T0 + 15_000, until: T0 + 25_000 };
    expect(judgeLateness(STORY, history, updates, circumstances, recovered)).toBe(expected);
  });
});

test('a story is read from all events, also those of the chain before', () => {
  const event = (second: number, eventType: string, detail: object) => ({
    time: new Date(T0 + second * 1_000).toISOString(),
    detail: { eventType, channel: 'TASK', initiationMethod: 'API', tags: {}, ...detail },
  });
  const queueInfo = (second: number) => ({ enqueueTimestamp: new Date(T0 + second * 1_000).toISOString() });
  const first = { contactId: 'a', queueInfo: queueInfo(0) };
  const next = {
    contactId: 'b',
    initialContactId: 'a',
    previousContactId: 'a',
    initiationMethod: 'QUEUE_TRANSFER',
    queueInfo: queueInfo(40),
    // An agent had it before.
    agentInfo: { connectedToAgentTimestamp: new Date(T0 + 35_000).toISOString() },
  };
  const events = [
    event(0, 'QUEUED', first),
    event(10, 'PAUSED', first),
    event(20, 'RESUMED', first),
    event(40, 'DISCONNECTED', { ...first, disconnectTimestamp: new Date(T0 + 40_000).toISOString() }),
    event(40, 'QUEUED', next),
  ];
  const message = (second: number, body: object) => ({ at: T0 + second * 1_000, body });
  const stories = storiesOf({
    events: events as never,
    horizon: { default: '30m', CHAT: '1h' },
    attributes: [],
    messages: [
      message(5, { type: 'signal', contactId: 'a', signal: 'vip', ttl: '1m' }),
      message(50, { type: 'override', contactId: 'b', set: { priority: 1, route: ['A:x >= 1'] } }),
      message(55, { type: 'release', contactId: 'b' }),
    ],
  });
  expect(stories.get('a')).toMatchObject({
    leftAt: T0 + 40_000,
    transfers: 0,
    pauses: [{ from: T0 + 10_000, until: T0 + 20_000 }],
  });
  expect(stories.get('b')).toMatchObject({
    initialContactId: 'a',
    firstEnqueuedAt: T0,
    enqueuedAt: T0 + 40_000,
    transfers: 1,
    earlierPauses: [{ from: T0 + 10_000, until: T0 + 20_000 }],
    horizonSeconds: 1_800,
    leftAt: undefined,
    signals: [{ name: 'vip', from: T0 + 5_000, until: T0 + 65_000 }],
    overrides: [{ from: T0 + 50_000, until: T0 + 55_000, priority: 1, route: ['A:x >= 1'] }],
  });
});

describe('how often a customer was queued', () => {
  const DAY = 86_400_000;
  const contact = (contactId: string, beforeMs: number, more: Partial<Story> = {}): Story => ({
    ...STORY,
    contactId,
    initialContactId: contactId,
    customerId: 'anna',
    enqueuedAt: T0 - beforeMs,
    ...more,
  });
  const story = contact('now', 0);

  test.each<[string, Story[], (number | undefined)[]]>([
    ['nothing before', [], [0]],
    ['two contacts', [contact('a', 60_000), contact('b', 90_000)], [2]],
    [
      'two contacts of one chain',
      [contact('a', 60_000), contact('b', 90_000, { initialContactId: 'a' })],
      [1],
    ],
    ['another customer', [contact('a', 60_000, { customerId: 'ben' })], [0]],
    ['a contact of its own chain', [contact('a', 60_000, { initialContactId: 'now' })], [0]],
    ['a contact of a day ago', [contact('a', DAY), contact('b', DAY + 1)], [1]],
    ['a later contact', [contact('a', -1)], [0]],
    ['a contact a moment before', [contact('a', 500)], [1, 0]],
    ['a contact that left at once', [contact('a', 60_000, { leftAt: T0 - 59_900 })], [1, 0]],
  ])('with %s', (_case, others, expected) => {
    expect(possibleCounts(story, [story, ...others], { isCertain: true, lagMs: 1_000 })).toEqual(expected);
  });

  test('is anything up to that where events may be late, or nothing', () => {
    const others = [contact('a', 60_000), contact('b', 90_000)];
    expect(possibleCounts(story, others, { isCertain: false, lagMs: 1_000 })).toEqual([2, 1, 0, undefined]);
    const unnamed = { ...story, customerId: undefined };
    expect(possibleCounts(unnamed, others, { isCertain: true, lagMs: 1_000 })).toEqual([undefined]);
  });
});
