import { queueStateKey } from '../../lambda/domain/queue/queue-state.ts';
import { MemoryReader } from './memory-reader.ts';
import { dueRecord, type MadeUpContact, type Order, waitingRecord } from './waiting-contacts.ts';

const INSTANCE_ID = '11111111-2222-3333-4444-555555555555';

/** When it is. */
const NOW = Date.parse('2026-11-23T10:01:30Z');

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const POLICIES = {
  angry: {
    precedence: 5,
    match: { signals: ['angry-customer'] },
    steps: [{ after: '0s', set: { priority: 1 } }],
  },
  'gold-callers': {
    precedence: 10,
    match: { channel: ['VOICE'], tags: { tier: ['gold', 'platinum'] } },
    steps: [
      { after: '0s', set: { priority: 3 } },
      { by: '3m', set: { priority: 1 } },
    ],
  },
  'silver-target': { precedence: 20, match: { tags: { tier: ['silver'] } }, target: '4m' },
  'gold-90s': { precedence: 15, mode: 'observe', match: { tags: { tier: ['gold'] } }, target: '90s' },
  everybody: { precedence: 100, steps: [{ after: '15m', set: { priority: 2 } }] },
};

/** Queues with how many wait in each. */
const QUEUES = [
  { id: 'q-billing', name: 'Billing', waiting: 14 },
  { id: 'q-sales', name: 'Sales', waiting: 7 },
  { id: 'q-faults', name: 'Faults and outages', waiting: 5 },
  { id: 'q-chat', name: 'Chat', waiting: 3 },
];

const TIERS = [undefined, 'gold', 'silver', undefined, 'silver', 'platinum', undefined];

/** A busy morning in a made-up contact centre. The same each time. */
export function madeUpCentre(): MemoryReader {
  const reader = new MemoryReader(
    NOW,
    {
      policies: POLICIES,
      since: NOW - 52 * MINUTE,
      refused: [
        {
          parameter: 'policies/vip-chat',
          version: 7,
          since: NOW - 8 * MINUTE,
          problems: [
            {
              code: 'unknown-key',
              path: ['steps', 0, 'aftr'],
              message: 'There is no such key. Did you mean "after"?',
              line: 3,
              column: 5,
            },
          ],
          problemCount: 1,
          inForce: 6,
          isHistoryKnown: true,
        },
      ],
    },
    [INSTANCE_ID],
  );
  let number = 0;
  for (const { id, name, waiting } of QUEUES) {
    const queueArn = `arn:aws:connect:eu-central-1:123456789012:instance/${INSTANCE_ID}/queue/${id}`;
    reader.queueNames.set(id, name);
    for (let index = 0; index < waiting; index += 1) {
      number += 1;
      putContact(reader, madeUpContact(number, queueArn, id === 'q-chat' ? 'CHAT' : 'VOICE'), number);
    }
    if (id === 'q-billing') {
      reader.queueStates.set(queueStateKey(queueArn), {
        signals: { 'outage-north': { at: NOW - MINUTE, until: NOW + 20 * MINUTE } },
        conditions: { busy: { since: NOW - 4 * MINUTE, until: NOW + MINUTE } },
      });
    }
  }
  return reader;
}

function putContact(reader: MemoryReader, contact: MadeUpContact, number: number): void {
  const { context } = reader;
  // The changes of some were due a moment ago, and are not made yet.
  const isDue = number % 9 === 4;
  const record = isDue
    ? dueRecord(waitingRecord(contact, context, contact.enqueuedAt - SECOND), context, NOW - 2 * SECOND)
    : waitingRecord(contact, context, NOW);
  reader.put(record);
}

function madeUpContact(number: number, queueArn: string, channel: string): MadeUpContact {
  const tier = TIERS[number % TIERS.length];
  const waited = (((number * 37) % 290) + 5) * SECOND + (number % 13 === 0 ? 11 * MINUTE : 0);
  const enqueuedAt = NOW - waited;
  const contactId = `${(number * 2_654_435_761).toString(16).padStart(8, '0').slice(-8)}-4a1e-4c0b-9d2f-${String(number).padStart(12, '0')}`;
  const about = { id: `m-${number}`, instanceId: INSTANCE_ID, contactId };
  const messages: Order[] = [
    ...(number === 3
      ? [
          {
            type: 'override' as const,
            ...about,
            at: enqueuedAt + 50 * SECOND,
            set: { priority: 1 },
            actor: 'ann',
            reason: 'outage in her town',
            until: enqueuedAt + 12 * MINUTE,
          },
        ]
      : []),
    ...(number === 9 || number === 18
      ? [{ type: 'signal' as const, ...about, at: enqueuedAt + 20 * SECOND, signal: 'angry-customer' }]
      : []),
  ];
  return {
    instanceId: INSTANCE_ID,
    contactId,
    queueArn,
    enqueuedAt,
    channel,
    ...(tier && { tags: { tier } }),
    messages,
  };
}
