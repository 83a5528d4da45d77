import { DEAD_LETTER_QUEUES } from '../../lambda/aws/deployment.ts';
import { queueStateKey } from '../../lambda/domain/queue/queue-state.ts';
import { MemoryReader } from './memory-reader.ts';
import { dueRecord, type MadeUpContact, type Order, waitingRecord } from './waiting-contacts.ts';

const INSTANCE_ID = '11111111-2222-3333-4444-555555555555';
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** When the pictures are of. */
export const PICTURED_AT = Date.parse('2026-11-23T10:01:30Z');

/** When the first contact comes. */
const BEGIN = PICTURED_AT - 30 * MINUTE;

/** A contact comes every so often. */
const BETWEEN = 6.5 * SECOND;

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
  'gold-90s': { precedence: 8, mode: 'observe', match: { tags: { tier: ['gold'] } }, target: '90s' },
  everybody: { precedence: 100, steps: [{ after: '5m', set: { priority: 2 } }] },
};

/** In which queue each contact waits, by turns. */
const QUEUES = ['billing', 'sales', 'billing', 'faults', 'billing', 'chat', 'sales'] as const;
const NAMES = { billing: 'Billing', sales: 'Sales', faults: 'Faults', chat: 'Chat' } as const;
const TIERS = [undefined, 'gold', 'silver', undefined, 'silver', 'platinum', undefined, undefined, 'gold'];

/** The one that an operator overrides. */
const OVERRIDDEN = Math.round((PICTURED_AT - BEGIN - 150 * SECOND) / BETWEEN / 7) * 7;

/** A busy morning in a made-up contact centre. The same each time. */
export class MadeUpCentre {
  readonly reader = new MemoryReader(
    BEGIN,
    {
      policies: POLICIES,
      since: BEGIN - 52 * MINUTE,
      refused: [
        {
          parameter: 'policies/vip-chat',
          version: 7,
          since: PICTURED_AT - 8 * MINUTE,
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

  constructor() {
    for (const [id, name] of Object.entries(NAMES)) this.reader.queueNames.set(id, name);
    this.reader.queueStates.set(queueStateKey(arnOf('billing')), {
      signals: { 'outage-north': { at: PICTURED_AT - MINUTE, until: PICTURED_AT + 20 * MINUTE } },
      conditions: { busy: { since: PICTURED_AT - 4 * MINUTE, until: PICTURED_AT + MINUTE } },
    });
  }

  /** @param at - milliseconds since the epoch. */
  advanceTo(at: number): void {
    const { reader } = this;
    reader.at = at;
    this.#tellOutside(at);
    for (let number = 0; BEGIN + number * BETWEEN <= at; number += 1) {
      const contact = contactOf(number, at);
      const leavesAt = contact.enqueuedAt + waitOf(number);
      if (leavesAt <= at - MINUTE) continue;
      const record = waitingRecord(contact, reader.context, Math.min(at, leavesAt));
      if (leavesAt > at) {
        // The changes of some were due a moment ago, and are not made yet.
        const isNew = contact.enqueuedAt > at - 3 * SECOND || number % 17 === 4;
        reader.put(isNew ? this.#beforeItsChange(contact, at) : record);
      } else if (record.facts) {
        const how = number % 9 === 5 ? { disconnectedAt: leavesAt } : { connectedAt: leavesAt };
        reader.put({ ...record, facts: { ...record.facts, ...how } });
      }
    }
  }

  /** What CloudWatch, SQS and SSM would say at a moment. */
  #tellOutside(at: number): void {
    const { reader } = this;
    const until = Math.floor((at - MINUTE) / MINUTE) * MINUTE;
    const minutes = Array.from({ length: 60 }, (_, index) => {
      const minute = until - (60 - index) * MINUTE;
      const wave = Math.sin(minute / (9 * MINUTE)) + Math.sin(minute / (2.3 * MINUTE)) / 2;
      return {
        at: minute,
        calls: Math.round(240 + 130 * wave),
        throttled: index === 31 ? 4 : 0,
        waiting: Math.round(32 + 9 * wave),
        allowed: 18,
        lateness: { medianMs: 350 + 60 * wave, p95Ms: 1_500 + 600 * wave },
      };
    });
    reader.outside = {
      metrics: { until, minutes, lateness: { medianMs: 380, p95Ms: 1_900 } },
      alarms: { readAt: at, count: 38, ringing: [] },
      deadLetters: { readAt: at, queues: DEAD_LETTER_QUEUES.map((queue) => ({ queue, messages: 0 })) },
      missing: [],
    };
    const by = 'arn:aws:sts::123456789012:assumed-role/Deployer/ann';
    const names = Object.keys(POLICIES);
    reader.policyAuthors = {
      byPolicy: Object.fromEntries(names.map((name) => [name, { version: 3, by, at: BEGIN - 52 * MINUTE }])),
    };
  }

  #beforeItsChange(contact: MadeUpContact, at: number) {
    const { context } = this.reader;
    return dueRecord(waitingRecord(contact, context, contact.enqueuedAt - SECOND), context, at);
  }
}

function arnOf(queue: keyof typeof NAMES): string {
  return `arn:aws:connect:eu-central-1:123456789012:instance/${INSTANCE_ID}/queue/${queue}`;
}

function waitOf(number: number): number {
  if (number === OVERRIDDEN) return 10 * MINUTE;
  return (40 + ((number * 37) % 250) + (number % 23 === 0 ? 240 : 0)) * SECOND;
}

function contactOf(number: number, at: number): MadeUpContact {
  const tier = number === OVERRIDDEN ? 'gold' : TIERS[number % TIERS.length];
  const queue = QUEUES[number % QUEUES.length] ?? 'billing';
  const enqueuedAt = BEGIN + number * BETWEEN;
  const start = ((number + 77) * 2_654_435_761).toString(16).slice(-8);
  const contactId = `${start}-4a1e-4c0b-9d2f-${String(number).padStart(12, '0')}`;
  const about = { id: `m-${number}`, instanceId: INSTANCE_ID, contactId };
  const orders: Order[] = [];
  if (number === OVERRIDDEN) {
    const set = { priority: 1 };
    const times = { at: enqueuedAt + 62 * SECOND, until: enqueuedAt + 182 * SECOND };
    orders.push({ type: 'override', ...about, ...times, set, actor: 'ann', reason: 'outage in her town' });
  }
  if (number % 19 === 7)
    orders.push({ type: 'signal', ...about, at: enqueuedAt + 20 * SECOND, signal: 'angry-customer' });
  return {
    instanceId: INSTANCE_ID,
    contactId,
    queueArn: arnOf(queue),
    enqueuedAt,
    channel: queue === 'chat' ? 'CHAT' : 'VOICE',
    ...(tier && { tags: { tier } }),
    messages: orders.filter((order) => order.at <= at),
  };
}
