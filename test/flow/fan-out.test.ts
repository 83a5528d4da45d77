import { describe, expect, test } from '@jest/globals';
import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { fanOut } from '../../lambda/flow/fan-out.ts';
import type { QueuedContact } from '../../lambda/flow/ports.ts';
import { context, INSTANCE, T0 } from '../support/contacts.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

const SIGNAL = { type: 'queue-signal', id: 's', at: T0, queueArn: 'arn:q', signal: 'backlog' } as const;

/** A system whose index has so many contacts in pages of that size. */
function waiting(count: number, pageSize: number): MemoryPorts {
  const memory = new MemoryPorts(context({}));
  const keys = Array.from(
    { length: count },
    (_, index): ContactKey => ({ instanceId: INSTANCE, contactId: `c-${index}` }),
  );
  memory.queued = async function* (): AsyncGenerator<QueuedContact[]> {
    for (let start = 0; start < keys.length; start += pageSize) yield keys.slice(start, start + pageSize);
  };
  return memory;
}

const run = async (memory: MemoryPorts, message: Parameters<typeof fanOut>[0]) => ({
  sent: await fanOut(message, memory.reconcilePorts),
  wakeUps: memory.sent,
  signals: memory.signalsSent,
});

describe('a message for many contacts', () => {
  test('has them reconciled 50 a second, also across pages', async () => {
    const { sent, wakeUps, signals } = await run(waiting(120, 40), { type: 'reevaluate' });
    expect([sent, signals]).toEqual([120, []]);
    expect(wakeUps.map(({ body }) => body.contactId)).toEqual(
      Array.from({ length: 120 }, (_, index) => `c-${index}`),
    );
    const seconds = wakeUps.map(({ delaySeconds }) => delaySeconds);
    expect([0, 1, 2].map((second) => seconds.filter((one) => one === second).length)).toEqual([50, 50, 20]);
  });

  test('goes to each of them at once as a signal, in the lane of signals', async () => {
    const { sent, wakeUps, signals } = await run(waiting(3, 2), SIGNAL);
    expect([sent, wakeUps]).toEqual([3, []]);
    expect(signals.map(({ body, delaySeconds }) => [body.id, body.contactId, delaySeconds])).toEqual([
      ['s:c-0', 'c-0', 0],
      ['s:c-1', 'c-1', 0],
      ['s:c-2', 'c-2', 0],
    ]);
    expect(signals.every(({ body }) => !('ttl' in body))).toBe(true);
  });

  test.each([
    ['a whole second is left', 1_000, ['1s']],
    ['a part of a second is left', 1, ['1s']],
    ['more than a second is left', 1_001, ['2s']],
    ['it ends now', 0, []],
    ['it is over', -1, []],
  ])('carries the rest of its ttl, where %s', async (_name, leftMs, ttls) => {
    const { sent, signals } = await run(waiting(1, 1), { ...SIGNAL, until: T0 + leftMs });
    expect(signals.map(({ body }) => body.ttl)).toEqual(ttls);
    expect(sent).toBe(ttls.length);
  });
});
