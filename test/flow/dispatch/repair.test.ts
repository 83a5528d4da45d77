import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { ContactFacts } from '../../../lambda/domain/contact/facts.ts';
import { mergeEvent } from '../../../lambda/domain/contact/merge.ts';
import { emptyRecord } from '../../../lambda/domain/contact/record.ts';
import { applyDescription, type ContactDescription } from '../../../lambda/domain/reconcile/description.ts';
import { context, KEY, QUEUE_ARN, queuedContact, T0 } from '../../support/contacts.ts';
import { deliverLastWakeUp, dispatchAll, enqueue, sentUpdates } from '../../support/flow.ts';
import { describeSuccess, MemoryPorts } from '../../support/memory-ports.ts';

const POLICIES = {
  'a-paused': { match: { tags: { tier: ['gold'] } }, steps: [{ after: '0s', set: { priority: 3 } }] },
  'b-segment': {
    match: { segmentAttributes: { level: ['high'] } },
    steps: [{ after: '0s', set: { priority: 4 } }],
  },
  'c-other-queue': { match: { queue: { id: ['q-2'] } }, steps: [{ after: '1h', set: { priority: 2 } }] },
  'd-transfers': { match: { transfers: [1] }, steps: [{ after: '1h', set: { priority: 2 } }] },
  'e-all': { steps: [{ after: '0s', set: { priority: 2 } }] },
};

/** What Connect says of the contact as its events did. */
const KNOWN: ContactDescription = {
  routing: {},
  attributes: {},
  channel: 'VOICE',
  initiationMethod: 'INBOUND',
  initiatedAt: T0 - 20_000,
  queue: { arn: QUEUE_ARN, enqueuedAt: T0 },
};

/** A contact whose change is due, of which Connect tells more than its events did. */
async function described(more: Partial<ContactDescription>): Promise<MemoryPorts> {
  const memory = new MemoryPorts(context(POLICIES));
  memory.fillQuota();
  await enqueue(memory);
  memory.now = T0 + 10_000;
  memory.describeResult = () => describeSuccess({ ...KNOWN, ...more });
  await dispatchAll(memory);
  return memory;
}

describe('an answer of DescribeContact repairs what a lost event left open', () => {
  test('an answer that tells nothing new holds up nothing', async () => {
    const memory = await described({});
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }]);
  });

  test('nor does one whose times are cut to seconds', async () => {
    const cut = (at: number) => at - (at % 1_000);
    const memory = await described({
      initiatedAt: cut(T0 - 20_000),
      queue: { arn: QUEUE_ARN, enqueuedAt: cut(T0) },
    });
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }]);
    expect(memory.record(KEY)?.facts).toMatchObject({ firstEnqueuedAt: T0, queue: { enqueuedAt: T0 } });
  });

  test.each<[string, Partial<ContactDescription>, string, number | undefined]>([
    ['a pause', { pausedAt: T0 + 5_000 }, 'paused', undefined],
    ['tags', { tags: { tier: 'gold' } }, 'governed', 3],
    ['segment attributes', { segmentAttributes: { level: 'high' } }, 'governed', 4],
    [
      'an enqueue in another queue',
      { queue: { arn: QUEUE_ARN.replace('q-1', 'q-2'), enqueuedAt: T0 + 5_000 } },
      'governed',
      undefined,
    ],
    [
      'a transfer',
      { previousContactId: 'c-0', initiationMethod: 'QUEUE_TRANSFER', initialContactId: 'c-0' },
      'governed',
      undefined,
    ],
    ['the active Region', { activeRegion: 'eu-west-2' }, 'other-region', undefined],
  ])('%s: decided anew before anything is sent', async (_name, more, reason, priority) => {
    const memory = await described(more);
    expect(sentUpdates(memory)).toEqual([]);
    await deliverLastWakeUp(memory);
    await dispatchAll(memory);
    expect(memory.record(KEY)?.decision?.reason).toBe(reason);
    expect(memory.record(KEY)?.isUndecided).toBe(undefined);
    expect(sentUpdates(memory)).toEqual(priority === undefined ? [] : [{ QueuePriority: priority }]);
  });

  test('the time of the enqueue: the type of the queue, which no answer has, stays known', async () => {
    const ofType = {
      match: { queue: { type: ['STANDARD'] } },
      steps: [{ after: '0s', set: { priority: 2 } }],
    };
    const memory = new MemoryPorts(context({ 'of-type': ofType }));
    memory.fillQuota();
    const second = T0 - (T0 % 1_000);
    const approximateQueue = { arn: QUEUE_ARN, type: 'STANDARD', enqueuedAt: second };
    await enqueue(memory, KEY.contactId, { queue: undefined, firstEnqueuedAt: undefined, approximateQueue });
    memory.now = T0 + 10_000;
    memory.describeResult = () => describeSuccess(KNOWN);
    await dispatchAll(memory);
    await deliverLastWakeUp(memory);
    await dispatchAll(memory);
    expect(memory.record(KEY)?.decision).toMatchObject({ reason: 'governed', policy: 'of-type' });
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }]);
  });

  test.each<[string, Partial<ContactDescription>]>([
    ['a connection to an agent', { connectedAt: T0 + 5_000 }],
    ['a disconnection', { disconnectedAt: T0 + 5_000 }],
  ])('%s: nothing is sent', async (_name, more) => {
    const memory = await described(more);
    expect(sentUpdates(memory)).toEqual([]);
    const entries = memory.items.get('i-1#c-1')?.entries ?? {};
    // It is in no queue and has no work. That it left before its update is an event to send.
    expect(Object.keys(entries)).toEqual(['unsent']);
  });

  test('a resume: the clock of the policy stood still for the pause alone', async () => {
    const memory = await described({ pausedAt: T0 + 2_000, resumedAt: T0 + 7_000 });
    await deliverLastWakeUp(memory);
    expect(memory.record(KEY)?.facts).toMatchObject({ pauses: [T0 + 2_000], resumes: [T0 + 7_000] });
    expect(memory.record(KEY)?.decision?.reason).toBe('governed');
  });

  test('the first wait of the contact, its channel and its method', async () => {
    const memory = new MemoryPorts(context(POLICIES));
    memory.fillQuota();
    await enqueue(memory, KEY.contactId, {
      channel: undefined,
      initiationMethod: undefined,
      initiatedAt: undefined,
    } as Partial<ContactFacts>);
    memory.describeResult = () => describeSuccess({ ...KNOWN, channel: 'CHAT', initiationMethod: 'API' });
    await dispatchAll(memory);
    expect(memory.record(KEY)?.facts).toMatchObject({
      channel: 'CHAT',
      initiationMethod: 'API',
      initiatedAt: T0 - 20_000,
      firstEnqueuedAt: T0,
    });
  });

  test('an event that is newer than the question wins, in either order', () => {
    const snapshot = { status: undefined, attributesChangedAt: 0, attributeNames: [], askedAt: T0 + 3_500 };
    const names = { tagNames: [], segmentAttributePaths: [] };
    const event = (at: number, tier: string): ContactFacts => ({ ...KEY, tags: { at, value: { tier } } });
    const answer = { ...KNOWN, tags: { tier: 'answered' } };
    const second = T0 - (T0 % 1_000);
    for (const [at, wins] of [
      [second + 3_000, 'event'],
      [second + 2_000, 'answered'],
    ] as const) {
      const record = queuedContact();
      const last = mergeEvent(applyDescription(record, answer, snapshot, names), event(at, 'event'));
      const first = applyDescription(mergeEvent(record, event(at, 'event')), answer, snapshot, names);
      expect([last.facts?.tags?.value, first.facts?.tags?.value]).toEqual([{ tier: wins }, { tier: wins }]);
    }
  });

  test('what may be personal data is taken only where a policy names it', () => {
    const snapshot = { status: undefined, attributesChangedAt: 0, attributeNames: [], askedAt: T0 };
    const answer = {
      ...KNOWN,
      tags: { 'aws:connect:systemEndpoint': '+4930123456', tier: 'gold' },
      segmentAttributes: { 'connect:EmailSubject': 'my illness', 'connect:Subtype': 'connect:Email' },
    };
    const facts = (names?: { tagNames: string[]; segmentAttributePaths: string[] }) =>
      applyDescription(queuedContact(), answer, snapshot, names).facts;
    expect(facts()).not.toHaveProperty('tags');
    expect(facts()).not.toHaveProperty('segmentAttributes');
    const known = facts({ tagNames: [], segmentAttributePaths: [] });
    expect(known?.tags?.value).toEqual({ tier: 'gold' });
    expect(known?.segmentAttributes?.value).toEqual({ 'connect:Subtype': 'connect:Email' });
  });
});

test('any order of events and answers, with repeats, gives the same facts', () => {
  const second = fc.integer({ min: 0, max: 20 });
  const at = (drawn: number) => T0 - (T0 % 1_000) + drawn * 1_000;
  const exact = fc.tuple(second, fc.constantFrom(0, 1, 400, 999)).map(([s, ms]) => at(s) + ms);
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const queue = fc.record({
    arn: fc.constantFrom(QUEUE_ARN, QUEUE_ARN.replace('q-1', 'agent/q-1'), QUEUE_ARN.replace('q-1', 'q-2')),
    enqueuedAt: exact,
  });
  const tags = fc.dictionary(fc.constantFrom('tier', 'lang'), fc.constantFrom('x', 'yy'));
  const answer = fc
    .record({
      askedAt: exact,
      queue: optional(queue),
      connectedAt: optional(exact),
      disconnectedAt: optional(exact),
      pausedAt: optional(exact),
      resumedAt: optional(exact),
      tags: optional(tags),
      activeRegion: optional(fc.constantFrom('eu-central-1', 'eu-west-2')),
      initiatedAt: optional(exact),
    })
    .map(({ askedAt, ...description }) => ({ kind: 'answer' as const, askedAt, description }));
  const event = fc
    .record({
      queue: optional(queue),
      connectedAt: optional(exact),
      tags: optional(fc.record({ at: second.map(at), value: tags })),
      activeRegion: optional(
        fc.record({ at: second.map(at), value: fc.constantFrom('eu-central-1', 'eu-west-2') }),
      ),
      pauses: optional(exact.map((time) => [time])),
    })
    .map((facts) => ({ kind: 'event' as const, facts }));
  type Source = { kind: 'answer'; askedAt: number; description: object } | { kind: 'event'; facts: object };
  const names = { tagNames: [], segmentAttributePaths: [] };
  const merged = (sources: readonly Source[]) =>
    sources.reduce((record, source) => {
      if (source.kind === 'event') {
        return mergeEvent(record, JSON.parse(JSON.stringify({ ...KEY, ...source.facts })));
      }
      const snapshot = {
        status: undefined,
        attributesChangedAt: 0,
        attributeNames: [],
        askedAt: source.askedAt,
      };
      const description = JSON.parse(JSON.stringify({ ...source.description, routing: {}, attributes: {} }));
      return applyDescription(record, description, snapshot, names);
    }, emptyRecord(KEY)).facts;
  fc.assert(
    fc.property(
      fc
        .array(fc.oneof<fc.Arbitrary<Source>[]>(answer, event), { minLength: 1, maxLength: 6 })
        .chain((sources) =>
          fc.tuple(
            fc.constant(sources),
            fc.shuffledSubarray(sources, { minLength: sources.length }),
            fc.array(fc.constantFrom(...sources), { maxLength: 4 }),
          ),
        ),
      ([sources, shuffled, repeats]) => {
        expect(merged([...repeats, ...shuffled])).toEqual(merged(sources));
        expect(merged([...shuffled, ...repeats])).toEqual(merged(sources));
      },
    ),
    { numRuns: 2_000 },
  );
});
