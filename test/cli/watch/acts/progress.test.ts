import { beforeEach, describe, expect, test } from '@jest/globals';
import { forecast } from '../../../../cli/explain/forecast.ts';
import type { Act, SentAct } from '../../../../cli/watch/acts/act.ts';
import { actProgress } from '../../../../cli/watch/acts/progress.ts';
import { type ContactRecord, emptyRecord } from '../../../../lambda/domain/contact/record.ts';
import { applyMessage } from '../../../../lambda/domain/messages/apply-message.ts';
import type { ContactMessage } from '../../../../lambda/domain/messages/rule-message.ts';
import { MemoryReader } from '../../../../scripts/console/memory-reader.ts';
import { dueRecord, waitingRecord } from '../../../../scripts/console/waiting-contacts.ts';
import { atSecond, INSTANCE, KEY, QUEUE_ARN, T0 } from '../../../support/contacts.ts';

const POLICIES = { late: { steps: [{ after: '1h', set: { priority: 2 } }] } };
const OVERRIDE: Act = { type: 'override', ...KEY, set: { priority: 1 } };
const RELEASE: Act = { type: 'release', ...KEY };
const CONTACT = { ...KEY, queueArn: QUEUE_ARN, enqueuedAt: T0 };

let reader: MemoryReader;

beforeEach(() => {
  reader = new MemoryReader(atSecond(60), { policies: POLICIES, since: T0 }, [INSTANCE]);
});

/** What the page says of an act that was sent after 50 s, ten seconds later unless the reader says otherwise. */
async function progress(act: Act, record?: ContactRecord) {
  if (record) reader.put(record);
  const sent: SentAct = { id: 'a-1', type: act.type, at: atSecond(50), title: '', words: [] };
  return actProgress({ act, sent, record, read: await reader.read() });
}

const waiting = () => waitingRecord(CONTACT, reader.context, atSecond(50));

/** The record as rule-messages leaves it, with the change still due. */
const ordered = (record: ContactRecord, message: Partial<ContactMessage>, second = 51) =>
  dueRecord(
    applyMessage(
      record,
      { ...KEY, id: 'a-1', at: atSecond(50), ...message } as ContactMessage,
      atSecond(second),
    ),
    reader.context,
    atSecond(second),
  );

/** The record once dispatch has called Connect, which accepts. */
const dispatched = (record: ContactRecord, second = 53) =>
  forecast(record, reader.context, atSecond(second), atSecond(second)).record;

const overridden = () => ordered(waiting(), { type: 'override', set: { priority: 1 } });

describe('an act on a contact', () => {
  test('is not seen before the record has it, which is said in other words after half a minute', async () => {
    const early = { state: 'unseen', words: 'It is sent. The record does not show it yet.' };
    expect(await progress(OVERRIDE, waiting())).toEqual(early);
    expect(await progress(OVERRIDE)).toEqual(early);
    reader.at = atSecond(81);
    expect(await progress(OVERRIDE, waiting())).toMatchObject({
      state: 'unseen',
      words: expect.stringContaining('does not show it yet after half a minute'),
    });
  });

  test('is not that of another id', async () => {
    const other = ordered(waiting(), { type: 'override', set: { priority: 1 }, id: 'a-2' } as never);
    expect(await progress(OVERRIDE, other)).toMatchObject({ state: 'unseen' });
  });

  test('is followed until Connect has accepted it', async () => {
    expect(await progress(OVERRIDE, overridden())).toEqual({
      state: 'seen',
      words: 'Recorded 1s after it was sent. Not applied yet: priority 1 is due.',
    });
    expect(await progress(OVERRIDE, dispatched(overridden()))).toEqual({
      state: 'done',
      words: 'Recorded and applied: Connect accepted the change 3s after it was sent.',
    });
  });

  test('waits while calls are stopped, which is said', async () => {
    const record = overridden();
    reader.configuration = { ...reader.configuration, pause: { since: T0, value: {} } };
    expect(await progress(OVERRIDE, record)).toEqual({
      state: 'seen',
      words:
        'Recorded 1s after it was sent. Not applied yet: calls are stopped, so priority 1 is due and not sent.',
    });
  });

  test('that Connect rejects has its answer', async () => {
    const record = overridden();
    const { status, decision } = record;
    if (!status || !decision) throw new Error('The record has no status.');
    const message = 'Contact is \u202enot routable';
    const rejected = { at: atSecond(53), generation: decision.generation, request: {}, message };
    const text = `rejected {"QueuePriority":1}: ${message}`;
    const history = [...record.history, { at: atSecond(53), text }];
    expect(await progress(OVERRIDE, { ...record, status: { ...status, rejected }, history })).toEqual({
      state: 'done',
      words: 'Recorded 1s after it was sent. Connect rejected the change: Contact is \\u202enot routable',
    });
  });

  test('that changes nothing says so', async () => {
    const same = ordered(waiting(), { type: 'override', set: { priority: 5 } });
    expect(await progress({ ...OVERRIDE, set: { priority: 5 } }, dispatched(same))).toMatchObject({
      state: 'done',
      words: expect.stringMatching(/Recorded 1s after it was sent\. Nothing had to be changed/),
    });
  });

  test('on a contact that has left calls nobody', async () => {
    const record = overridden();
    const facts = record.facts && { ...record.facts, disconnectedAt: atSecond(52) };
    expect(await progress(OVERRIDE, { ...record, ...(facts && { facts }) })).toMatchObject({
      state: 'done',
      words: expect.stringContaining('The contact does not wait in a queue, so Connect is not called.'),
    });
    const unknown = applyMessage(
      emptyRecord(KEY),
      { type: 'override', ...KEY, id: 'a-1', at: atSecond(50), set: { priority: 1 } },
      atSecond(51),
    );
    expect(await progress(OVERRIDE, unknown)).toMatchObject({ state: 'done' });
  });

  test('that another order has replaced is over', async () => {
    const released = ordered(overridden(), { type: 'release', id: 'a-2', at: atSecond(55) } as never, 55);
    expect(await progress(OVERRIDE, released)).toMatchObject({
      state: 'done',
      words: expect.stringContaining('It is over: it has ended, or another order has replaced it.'),
    });
  });

  test('that releases is followed until Connect has accepted the way back', async () => {
    const before = dispatched(
      ordered(
        waiting(),
        { type: 'override', set: { priority: 1 }, id: 'o-1', at: atSecond(10) } as never,
        11,
      ),
      12,
    );
    const released = ordered(before, { type: 'release' });
    expect(await progress(RELEASE, released)).toMatchObject({
      state: 'seen',
      words: 'Recorded 1s after it was sent. Not applied yet: priority 5 is due.',
    });
    expect(await progress(RELEASE, dispatched(released))).toMatchObject({
      state: 'done',
      words: 'Recorded and applied: Connect accepted the change 3s after it was sent.',
    });
  });

  test('that is a signal is done once it is recorded', async () => {
    const act: Act = { type: 'signal', ...KEY, signal: 'vip' };
    expect(await progress(act, ordered(waiting(), { type: 'signal', signal: 'vip' }, 52))).toEqual({
      state: 'done',
      words: 'Recorded 2s after it was sent. It acts while a policy matches on it.',
    });
  });
});

describe('a signal to a queue', () => {
  test('is seen in the records of those who wait there', async () => {
    const act: Act = { type: 'signal', queueArn: QUEUE_ARN, signal: 'backlog' };
    expect(await progress(act, waiting())).toMatchObject({ state: 'unseen' });
    const message = { type: 'signal-of-queue', signal: 'backlog', queueArn: QUEUE_ARN } as const;
    const old = ordered(waiting(), { ...message, at: atSecond(10) }, 11);
    expect(await progress(act, old)).toMatchObject({ state: 'unseen' });
    expect(await progress(act, ordered(waiting(), message))).toEqual({
      state: 'seen',
      words: 'The records of one contact in the queue have the signal backlog.',
    });
  });
});

describe('a pause', () => {
  test('is done once it is in force, and its end likewise', async () => {
    expect(await progress({ type: 'pause', reason: 'r' })).toEqual({
      state: 'unseen',
      words: 'It is written. The system takes it within some ten seconds.',
    });
    expect(await progress({ type: 'resume' })).toEqual({ state: 'done', words: 'Calls are made again.' });
    reader.configuration = { ...reader.configuration, pause: { since: atSecond(54), value: {} } };
    expect(await progress({ type: 'pause', reason: 'r' })).toEqual({
      state: 'done',
      words: 'Calls are stopped 4s after it was sent.',
    });
    expect(await progress({ type: 'resume' })).toMatchObject({ state: 'unseen' });
    reader.at = atSecond(90);
    expect(await progress({ type: 'resume' })).toMatchObject({
      words: 'Not in force yet after half a minute: it takes two minutes where the event of SSM is lost.',
    });
  });
});
