import { describe, expect, test } from '@jest/globals';
import { seededRandom } from '../../../sim/random.ts';
import { at, event, eventsOf, linesOf, type QueueVisit, queueArn, replayed } from './fixture.ts';

/** Five contacts with a complete recording. */
const QUEUE_VISITS: readonly QueueVisit[] = [
  { contactId: 's1', tier: 'silver', queuedAt: 0, connectedAt: 300 },
  { contactId: 's2', tier: 'silver', queuedAt: 5, connectedAt: 90 },
  { contactId: 'g1', tier: 'gold', queuedAt: 10.25, connectedAt: 200 },
  { contactId: 'g2', tier: 'gold', queuedAt: 20, hungUpAt: 75 },
  { contactId: 'g3', tier: 'gold', queuedAt: 30, connectedAt: 45 },
];
const EVENTS = QUEUE_VISITS.flatMap(eventsOf);
const RECORDING = linesOf(...EVENTS);

const GOLD = {
  gold: { match: { tags: { tier: ['gold'] } }, steps: [{ after: '30s', set: { priority: 1 } }] },
};
const AGES = { ages: { steps: [{ after: '60s', set: { age: '10m' } }] } };

describe('escalator replay', () => {
  test('reports which contacts would have been escalated, when, and whether it took effect', async () => {
    const { sets, recording } = await replayed(RECORDING, { new: GOLD });
    expect(recording).toMatchObject({
      entries: 10,
      events: 10,
      contacts: 5,
      queued: 5,
      stillWaiting: 0,
      startsAt: at(0),
      endsAt: at(300),
      region: 'eu-central-1',
      instances: ['i-1'],
      tierTag: 'tier',
    });
    const common = {
      instanceId: 'i-1',
      queueArn: queueArn('q'),
      tier: 'gold',
      policy: 'gold',
      step: 0,
      waitedSeconds: 30,
      from: { priority: 5 },
      to: { priority: 1 },
    };
    expect(sets[0]?.escalations).toEqual([
      { contactId: 'g1', ...common, dueAt: at(40.25), madeAt: at(40.25), tookEffect: true },
      { contactId: 'g2', ...common, dueAt: at(50), madeAt: at(50), tookEffect: false },
    ]);
    expect(sets[0]?.policies).toEqual([
      { policy: 'gold', mode: 'enforce', governed: 3, contacts: 2, escalations: 2 },
    ]);
  });

  test.each(['Zm9v+/=', '<redacted 1>', 'Größe', 'a/b c'])(
    'escalates a contact whose id was replaced by %j',
    async (contactId) => {
      const recording = linesOf(...eventsOf({ contactId, tier: 'gold', queuedAt: 10, connectedAt: 200 }));
      const { sets } = await replayed(recording, { new: GOLD });
      expect(sets[0]?.escalations).toMatchObject([{ contactId, madeAt: at(40) }]);
    },
  );

  test('reports overtakings after the routing lag', async () => {
    const { sets } = await replayed(RECORDING, { new: GOLD });
    // s2 was before g1, too, and has left by then.
    expect(sets[0]?.overtakings).toEqual({
      total: 1,
      byTier: [{ overtaker: 'gold', overtaken: 'silver', times: 1 }],
      list: [
        {
          at: at(100.25),
          queueArn: queueArn('q'),
          overtaker: 'g1',
          overtakerTier: 'gold',
          overtaken: 's1',
          overtakenTier: 'silver',
        },
      ],
      notListed: 0,
    });
  });

  test('contacts of other queues are not overtaken, nor are those with the same age adjustment', async () => {
    const elsewhere = QUEUE_VISITS.map((visit) => (visit.tier === 'gold' ? { ...visit, queue: 'r' } : visit));
    const apart = await replayed(linesOf(...elsewhere.flatMap(eventsOf)), { new: GOLD });
    expect(apart.sets[0]?.overtakings.total).toBe(0);
    const { sets } = await replayed(RECORDING, { ages: AGES });
    expect(
      sets[0]?.escalations.map(({ contactId, madeAt, tookEffect }) => [contactId, madeAt, tookEffect]),
    ).toEqual([
      ['s1', at(60), true],
      ['s2', at(65), false],
      ['g1', at(70.25), true],
    ]);
    expect(sets[0]?.overtakings.total).toBe(0);
  });

  test('a contact overtakes when its age rises first, and is overtaken when its priority is lowered', async () => {
    const older = {
      older: { match: { tags: { tier: ['gold'] } }, steps: [{ after: '0s', set: { age: '1m' } }] },
    };
    const lower = {
      lower: {
        match: { tags: { tier: ['silver'] } },
        allowLower: true,
        steps: [{ after: '0s', set: { priority: 9 } }],
      },
    };
    const { sets } = await replayed(RECORDING, { older, lower });
    const overtakings = sets.map((set) =>
      set.overtakings.list.map((one) => [one.at, one.overtaker, one.overtaken]),
    );
    // The event takes half a second to its call, and the routing lag a minute.
    expect(overtakings).toEqual([
      [
        [at(70.75), 'g1', 's1'],
        [at(70.75), 'g1', 's2'],
      ],
      // s1 falls behind s2, too, until s2 is lowered.
      [
        [at(60.5), 's2', 's1'],
        [at(60.5), 'g1', 's1'],
        [at(60.5), 'g2', 's1'],
        [at(65.5), 's1', 's2'],
        [at(65.5), 'g1', 's2'],
        [at(65.5), 'g2', 's2'],
      ],
    ]);
  });

  test('a contact that is answered at once is queued before it is answered, and gets no call', async () => {
    const first = { first: { steps: [{ after: '0s', set: { priority: 1 } }] } };
    // The ids say nothing of the order: A is answered by an event with a lower id than that of its queue.
    const events = [
      ...eventsOf({ contactId: 'A', queuedAt: 10, connectedAt: 10 }).map((one, index) => ({
        ...one,
        id: String(9 - index),
      })),
      ...eventsOf({ contactId: 'B', queuedAt: 20, connectedAt: 20.4 }),
      ...eventsOf({ contactId: 'C', queuedAt: 30, connectedAt: 30.6 }),
    ];
    const { recording, sets } = await replayed(linesOf(...events), { first });
    expect(recording).toMatchObject({ queued: 3, unobservedWaits: 0 });
    expect(sets[0]?.escalations).toMatchObject([{ contactId: 'C', dueAt: at(30), madeAt: at(30.5) }]);
    expect(sets[0]?.escalations).toHaveLength(1);
  });

  test('without the tag, the policy is the tier', async () => {
    const { recording, sets } = await replayed(RECORDING, { new: GOLD }, ['--tier-tag', 'segment']);
    expect(recording.tierTag).toBe('segment');
    expect(sets[0]?.overtakings.byTier).toEqual([{ overtaker: '(none)', overtaken: '(none)', times: 1 }]);
    const untagged = QUEUE_VISITS.map(({ tier: _tier, ...visit }) => ({
      ...visit,
      channel: visit.contactId.startsWith('g') ? 'CHAT' : 'VOICE',
    }));
    const chats = {
      chats: { match: { channel: ['CHAT'] }, steps: [{ after: '30s', set: { priority: 1 } }] },
    };
    const byPolicy = await replayed(linesOf(...untagged.flatMap(eventsOf)), { new: chats });
    expect(byPolicy.recording).not.toHaveProperty('tierTag');
    expect(byPolicy.sets[0]?.overtakings.byTier).toEqual([
      { overtaker: 'chats', overtaken: '(no policy)', times: 1 },
    ]);
  });

  test('several sets have the same results together as each alone', async () => {
    const [both, gold, ages] = [
      await replayed(RECORDING, { gold: GOLD, ages: AGES }),
      await replayed(RECORDING, { gold: GOLD }),
      await replayed(RECORDING, { ages: AGES }),
    ];
    expect(both.sets).toEqual([...gold.sets, ...ages.sets]);
  });

  test.each([1, 2, 3])('the order of the lines does not matter (%d)', async (seed) => {
    const random = seededRandom(seed);
    const shuffled = EVENTS.map((one) => ({ one, position: random() }))
      .sort((a, b) => a.position - b.position)
      .map(({ one }) => one);
    expect(await replayed(linesOf(...shuffled), { gold: GOLD, ages: AGES })).toEqual(
      await replayed(RECORDING, { gold: GOLD, ages: AGES }),
    );
  });

  test('duplicates count once', async () => {
    const doubled = await replayed(RECORDING + linesOf(...EVENTS.slice(3)), { gold: GOLD });
    const once = await replayed(RECORDING, { gold: GOLD });
    expect(doubled.sets).toEqual(once.sets);
    expect(doubled.recording).toMatchObject({ entries: 17, duplicates: 7, contacts: 5 });
  });

  test('entries that are not readable are reported with their lines, and change nothing', async () => {
    const [first, ...others] = EVENTS;
    const broken = [
      linesOf(first as object),
      '{"detail-type":"Amazon Connect Contact Event","detail":{"eventType":"QUEUED","contactId":"x"}}\n',
      '{"detail":\n\n',
      '{"detail-type":"Parameter Store Change","detail":{}}\n',
      '{"type":"signal","contactId":"g1","signal":"vip"}\n',
      linesOf(...others),
    ].join('');
    const { sets, recording, err } = await replayed(broken, { gold: GOLD });
    expect(sets).toEqual((await replayed(RECORDING, { gold: GOLD })).sets);
    expect(recording.problems).toBe(4);
    expect(err.split('\n')).toEqual([
      'recording.jsonl:2: detail.instanceArn is missing: expected the ARN of a Connect instance.',
      'recording.jsonl:3: The line is not JSON: "{\\"detail\\":"; expected one JSON object per line.',
      'recording.jsonl:5: Its detail-type is "Parameter Store Change"; expected "… Contact Event" or "… Rules Matched".',
      'recording.jsonl:6: This rule message has no time: expected a member "time", such as ' +
        '"time":"2026-11-23T10:00:00Z", or a time of its log line.',
      '',
    ]);
  });

  describe('a contact event without any time', () => {
    const [QUEUED, LEFT] = ['QUEUED', 'CONNECTED_TO_AGENT'].map((eventType) => ({
      'detail-type': 'Amazon Connect Contact Event',
      detail: {
        eventType,
        contactId: 'x',
        channel: 'VOICE',
        instanceArn: 'arn:aws:connect:eu-central-1:123456789012:instance/i-1',
        queueInfo: { queueArn: queueArn('q') },
        tags: { tier: 'gold' },
      },
    })) as [object, object];

    test('is not readable: it is none of 1970', async () => {
      const { sets, recording, err } = await replayed(RECORDING + linesOf(QUEUED), { gold: GOLD });
      expect(sets).toEqual((await replayed(RECORDING, { gold: GOLD })).sets);
      expect(recording.problems).toBe(1);
      expect(err).toBe(
        'recording.jsonl:11: This contact event has no time: expected "time", as in the envelope of EventBridge.\n',
      );
    });

    test('has the time of its log line', async () => {
      const logged = `${at(20)} ${JSON.stringify(QUEUED)}\n${at(90)} ${JSON.stringify(LEFT)}\n`;
      const { recording, sets } = await replayed(logged, { gold: GOLD });
      expect([recording.startsAt, recording.endsAt]).toEqual([at(20), at(90.999)]);
      expect(sets[0]?.escalations).toMatchObject([{ contactId: 'x', madeAt: at(50) }]);
    });
  });

  test('older events with names in PascalCase are read', async () => {
    const pascal = (value: unknown): unknown => {
      if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value).map(([key, member]) => [
          key === 'tier' ? key : key.charAt(0).toUpperCase() + key.slice(1),
          pascal(member),
        ]),
      );
    };
    const older = EVENTS.map((one) => {
      const { detail, ...envelope } = one as { detail: object };
      return { ...envelope, detail: pascal(detail) as object };
    });
    expect((await replayed(linesOf(...older), { gold: GOLD })).sets).toEqual(
      (await replayed(RECORDING, { gold: GOLD })).sets,
    );
  });

  test('the clock firstEnqueued includes the wait before a transfer', async () => {
    const first = {
      first: {
        clock: 'firstEnqueued',
        match: { transfers: [1] },
        steps: [{ after: '60s', set: { priority: 1 } }],
      },
    };
    const visits: QueueVisit[] = [
      { contactId: 'a', queuedAt: 0, hungUpAt: 50 },
      { contactId: 'b', previousContactId: 'a', queue: 'r', queuedAt: 50, connectedAt: 200 },
    ];
    const { sets } = await replayed(linesOf(...visits.flatMap(eventsOf)), { first });
    expect(sets[0]?.escalations).toEqual([
      expect.objectContaining({ contactId: 'b', madeAt: at(60), waitedSeconds: 10, tookEffect: true }),
    ]);
  });

  test('calls beyond the quota wait, and the most urgent are made first', async () => {
    const crowd: QueueVisit[] = ['a', 'b', 'c', 'd', 'e'].map((contactId) => ({
      contactId,
      tier: 'gold',
      queuedAt: 0,
      connectedAt: 300,
    }));
    const slow = { ...GOLD, settings: { updateRate: 1, updateShare: 1, updateBurst: 1 } };
    const { sets } = await replayed(linesOf(...crowd.flatMap(eventsOf)), { slow });
    expect(sets[0]?.escalations.map(({ madeAt }) => madeAt)).toEqual([30, 31, 32, 33, 34].map(at));
    expect(sets[0]?.calls).toEqual({
      made: 5,
      effects: { took: 5, tooLate: 0, unknown: 0 },
      grantedPerSecond: 1,
      meanPerSecond: 0.016667,
      peakPerSecond: 1,
      peakAt: at(30),
      quotaShare: 0.016667,
      secondsOverQuota: 1,
      latenessSeconds: { median: 2, p99: 4 },
      // Nothing is more urgent than priority 1, so nobody needs to be asked about.
      describeCalls: 0,
    });
  });

  test('rule events and rule messages in the recording have an effect', async () => {
    const visits: QueueVisit[] = [
      { contactId: 'a', queuedAt: 0, connectedAt: 300 },
      { contactId: 'b', queue: 'r', queuedAt: 0, connectedAt: 300 },
    ];
    const messages = [
      {
        'detail-type': 'Metrics Rules Matched',
        id: 'm-1',
        time: at(20),
        resources: [queueArn('q')],
        detail: {
          ruleName: 'too long',
          instanceArn: 'arn:aws:connect:eu-central-1:123456789012:instance/i-1',
        },
      },
      { type: 'signal', contactId: 'b', signal: 'vip', ttl: '30m', time: at(40) },
      { type: 'override', contactId: 'b', set: { priority: 2 }, actor: 'ann', time: at(50) },
      { type: 'release', contactId: 'b', time: at(90) },
    ];
    const signals = {
      long: { match: { signals: ['rule:too long'] }, steps: [{ after: '0s', set: { priority: 3 } }] },
      vip: { match: { signals: ['vip'] }, steps: [{ after: '0s', set: { priority: 4 } }] },
    };
    const { sets, recording } = await replayed(linesOf(...visits.flatMap(eventsOf), ...messages), {
      signals,
    });
    expect(recording.messages).toBe(4);
    expect(
      sets[0]?.escalations.map((one) => [one.contactId, one.policy, one.madeAt, one.from, one.to]),
    ).toEqual([
      ['a', 'long', at(20), { priority: 5 }, { priority: 3 }],
      ['b', 'vip', at(40), { priority: 5 }, { priority: 4 }],
      ['b', undefined, at(50), { priority: 4 }, { priority: 2 }],
      ['b', 'vip', at(90), { priority: 2 }, { priority: 4 }],
    ]);
  });

  test('the result lists its assumptions', async () => {
    const [queued] = eventsOf({ contactId: 'stays', queuedAt: 0 });
    const [, left] = eventsOf({ contactId: 'unseen', queuedAt: 0, connectedAt: 70 });
    const late = event('COMPLETED', 120, { contactId: 'late', queuedAt: 0 }, { disconnectTimestamp: at(60) });
    const [lateQueued] = eventsOf({ contactId: 'late', queuedAt: 0 });
    const wants = {
      wants: {
        match: { attributes: { segment: ['private'] } },
        steps: [{ after: '10s', set: { priority: 1 } }],
      },
      watches: { mode: 'observe', steps: [{ after: '10s', set: { priority: 1 } }] },
    };
    const recording = linesOf(queued as object, left as object, lateQueued as object, late);
    const { caveats, sets } = await replayed(recording, { wants });
    expect(caveats.slice(2)).toEqual([
      '1 contact has no recorded end of the wait: the replay assumes that the wait lasts to the end of the recording.',
      '1 contact left a queue without an earlier event in the recording, so the policies could not act.',
      'The end of one wait is recorded late, by a later event: the replay assumes that the contact waits until then.',
      'wants: the policies match on attributes (segment) of 2 contacts; events do not contain attributes, so the replay ' +
        'assumes that there are none.',
      'wants: watches is in mode observe and would have made the calls that the table of policies shows, beyond all ' +
        'other figures.',
    ]);
    expect(sets[0]?.escalations).toEqual([]);
    expect(sets[0]?.policies.find(({ policy }) => policy === 'watches')).toEqual({
      policy: 'watches',
      mode: 'observe',
      governed: 2,
      contacts: 2,
      escalations: 2,
    });
  });

  test('a policy that names queues matches none, and the result says so', async () => {
    const named = {
      named: { match: { queue: { name: ['Billing'] } }, steps: [{ after: '10s', set: { priority: 1 } }] },
      rest: { steps: [{ after: '20s', set: { priority: 2 } }] },
    };
    const recording = linesOf(...eventsOf({ contactId: 'c-1', queuedAt: 0, connectedAt: 70 }));
    const { caveats, sets } = await replayed(recording, { named });
    expect(caveats.at(-1)).toBe(
      'named: the policies match on queue.name; events do not name queues, so the replay assumes that they have no names.',
    );
    expect(sets[0]?.policies).toMatchObject([
      { policy: 'named', contacts: 0 },
      { policy: 'rest', contacts: 1 },
    ]);
  });

  test('contacts of Connect’s own tests are left out, whichever of their events bear the mark', async () => {
    const mark = {
      segmentAttributes: { 'connect:ValidationTestType': { valueString: 'EXPERIENCE_VALIDATION' } },
    };
    const first: QueueVisit = { contactId: 'first', queuedAt: 0 };
    const last: QueueVisit = { contactId: 'last', queuedAt: 0 };
    const recording = linesOf(
      event('QUEUED', 0, first, mark),
      event('CONTACT_DATA_UPDATED', 1, first),
      event('QUEUED', 0, last),
      event('CONTACT_DATA_UPDATED', 5, last, mark),
      event('DISCONNECTED', 90, last, { ...mark, disconnectTimestamp: at(90) }),
    );
    const { sets, recording: summary, caveats } = await replayed(recording, { ages: AGES });
    expect(sets[0]?.escalations).toEqual([]);
    expect(summary).toMatchObject({ stillWaiting: 0, testEvents: 3 });
    expect(caveats.filter((caveat) => caveat.startsWith('3 events are left out'))).toHaveLength(1);
    const both = await replayed(recording, { ages: { ...AGES, 'settings.yaml': 'testContacts: true' } });
    expect(both.sets[0]?.escalations.map(({ contactId }) => contactId)).toEqual(['first', 'last']);
  });

  test('--from, --to and --instance-id select a part of the recording', async () => {
    const other = EVENTS.map((one) =>
      JSON.parse(JSON.stringify(one).replaceAll('instance/i-1', 'instance/i-2')),
    );
    const both = linesOf(...EVENTS, ...other);
    const all = await replayed(both, { gold: GOLD });
    expect(all.recording).toMatchObject({ instances: ['i-1', 'i-2'], contacts: 10 });
    const one = await replayed(both, { gold: GOLD }, ['--instance-id', 'i-1']);
    expect(one.sets).toEqual((await replayed(RECORDING, { gold: GOLD })).sets);
    expect(one.recording).toMatchObject({ instances: ['i-1'], contacts: 5, excluded: 10 });
    const part = await replayed(RECORDING, { gold: GOLD }, ['--from', at(20), '--to', at(60)]);
    // g1 was enqueued before, and has no event in that time.
    expect(part.sets[0]?.escalations.map(({ contactId, tookEffect }) => [contactId, tookEffect])).toEqual([]);
    expect(part.recording).toMatchObject({ contacts: 2, excluded: 7, startsAt: at(20), endsAt: at(45) });
  });
});
