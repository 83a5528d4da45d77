import { describe, expect, test } from '@jest/globals';
import type { PendingWork } from '../../../lambda/domain/reconcile/pending-work.ts';
import { pendingWork } from '../../../lambda/domain/reconcile/pending-work.ts';
import type { Settings } from '../../../lambda/domain/settings.ts';
import type { PendingRecord } from '../../../lambda/flow/dispatch/draft-record.ts';
import { ROUND_SIZE, runRound } from '../../../lambda/flow/dispatch/round.ts';
import { context, INSTANCE, QUEUE_ARN, T0 } from '../../support/contacts.ts';
import { dispatchAll, enqueue } from '../../support/flow.ts';
import { describeSuccess, MemoryPorts } from '../../support/memory-ports.ts';

/* Priority 1 lowers nothing, whatever a flow has set, so it needs no question. The others do. */

const POLICIES = {
  chat: { match: { channel: ['CHAT'] }, steps: [{ after: '0s', set: { priority: 1 } }] },
  voice: { match: { channel: ['VOICE'] }, steps: [{ after: '0s', set: { priority: 3 } }] },
};

/** Contacts that wait in the order given, a second apart. */
async function waiting(ids: readonly string[], settings: Partial<Settings> = {}): Promise<MemoryPorts> {
  const memory = new MemoryPorts(context(POLICIES, settings));
  for (const [index, contactId] of ids.entries()) {
    memory.now = T0 + index * 1_000;
    const channel = contactId.startsWith('chat') ? 'CHAT' : 'VOICE';
    const queue = { arn: QUEUE_ARN, enqueuedAt: memory.now };
    await enqueue(memory, contactId, { channel, queue, firstEnqueuedAt: memory.now });
  }
  // An answer takes as long as it takes to earn a token for an update.
  memory.describeResult = () => {
    memory.now += 1_000;
    return describeSuccess({ routing: { priority: 5, ageSeconds: 0 }, attributes: {} });
  };
  return memory;
}

const isVoice = ({ record }: PendingRecord) => record.facts?.channel === 'VOICE';
const isChat = ({ record }: PendingRecord) => record.facts?.channel === 'CHAT';

/** @param isQuestion - the contacts that must be asked about. */
async function round(
  memory: MemoryPorts,
  ids: readonly string[],
  isQuestion: (contact: PendingRecord) => boolean = isVoice,
): Promise<string[]> {
  const stored = await memory.loadMany(ids.map((contactId) => ({ instanceId: INSTANCE, contactId })));
  const contacts = stored.map(
    (contact): PendingRecord => ({ ...contact, work: pendingWork(contact.record) as PendingWork }),
  );
  const selected = {
    updates: contacts.filter((contact) => !isQuestion(contact)),
    questions: contacts.filter(isQuestion),
  };
  await runRound(selected, memory.configuration.settings, memory.dispatchPorts);
  return memory.calls.map(({ contactId }) => contactId);
}

describe('an update that had to be asked about', () => {
  test('takes no token that was earned meanwhile, while a more urgent update waits for one', async () => {
    const ids = ['chat-1', 'chat-2', 'voice-1'];
    const memory = await waiting(ids);
    memory.fillQuota(1);
    expect(await round(memory, ids)).toStrictEqual(['chat-1']);
    expect(memory.described).toStrictEqual(['voice-1']);
    // What was learned is written, so that nobody is asked again.
    const { status } = memory.record({ instanceId: INSTANCE, contactId: 'voice-1' }) ?? {};
    expect(status?.applied).toMatchObject({ priority: 5 });
    await dispatchAll(memory);
    expect(memory.calls.map(({ contactId }) => contactId)).toStrictEqual(ids);
    expect(memory.described).toHaveLength(1);
  });

  test('takes a token that was earned meanwhile before a less urgent update that waits for one', async () => {
    const ids = ['voice-1', 'voice-2', 'chat-1'];
    const memory = await waiting(ids, { checkBeforeFirstChange: false });
    memory.fillQuota(1);
    expect(await round(memory, ids, isChat)).toStrictEqual(['voice-1', 'chat-1']);
  });

  test('waits where a full round may hide more urgent ones', async () => {
    const chats = Array.from({ length: ROUND_SIZE }, (_, index) => `chat-${index}`);
    const memory = await waiting([...chats, 'voice-1']);
    memory.fillQuota();
    expect(await round(memory, [...chats, 'voice-1'])).toStrictEqual(chats);
  });

  test('is sent in a round that is not full, and has tokens for all', async () => {
    const ids = [...Array.from({ length: ROUND_SIZE - 1 }, (_, index) => `chat-${index}`), 'voice-1'];
    const memory = await waiting(ids);
    memory.fillQuota();
    expect(await round(memory, ids)).toStrictEqual(ids);
  });

  test('is sent where the more urgent one is of another instance', async () => {
    const memory = await waiting(['chat-1', 'chat-2', 'voice-1']);
    memory.fillQuota(1);
    const [chat, second, voice] = await memory.loadMany(
      ['chat-1', 'chat-2', 'voice-1'].map((contactId) => ({ instanceId: INSTANCE, contactId })),
    );
    if (!chat || !second || !voice) throw new TypeError('A contact is missing.');
    const work = (contact: typeof chat): PendingRecord => ({
      ...contact,
      work: pendingWork(contact.record) as PendingWork,
    });
    const ofOther = { ...second, record: { ...second.record, instanceId: 'i-2' } };
    await runRound(
      { updates: [work(chat), work(ofOther)], questions: [work(voice)] },
      memory.configuration.settings,
      memory.dispatchPorts,
    );
    expect(memory.calls.map(({ contactId }) => contactId)).toStrictEqual(['chat-1', 'voice-1']);
  });
});
