import { beforeEach, describe, expect, test } from '@jest/globals';
import { AwsError } from '../../../cli/errors.ts';
import type { PageState } from '../../../cli/watch/page-state.ts';
import { Watcher } from '../../../cli/watch/watcher.ts';
import { MemoryReader } from '../../../scripts/console/memory-reader.ts';
import { waitingRecord } from '../../../scripts/console/waiting-contacts.ts';
import { atSecond, INSTANCE, QUEUE_ARN, T0 } from '../../support/contacts.ts';

const LADDER = {
  match: { tags: { tier: ['gold'] } },
  steps: [
    { after: '0s', set: { priority: 3 } },
    { after: '2m', set: { priority: 1 } },
  ],
};

let reader: MemoryReader;
let watcher: Watcher;

beforeEach(() => {
  reader = new MemoryReader(atSecond(30), { policies: { ladder: LADDER }, since: T0 }, [INSTANCE]);
  for (const contactId of ['a', 'b']) enter(contactId);
  watcher = new Watcher(reader);
});

function enter(contactId: string): void {
  const contact = {
    instanceId: INSTANCE,
    contactId,
    queueArn: QUEUE_ARN,
    enqueuedAt: T0,
    tags: { tier: 'gold' },
  };
  reader.put(waitingRecord(contact, reader.context, reader.at));
}

const key = (contactId: string) => ({ instanceId: INSTANCE, contactId });

async function state() {
  const { name, data } = await watcher.look();
  if (name !== 'state') throw new Error(`${name}: ${data.message}`);
  return data;
}

describe('a look at the table', () => {
  test('has who waits, the tags that policies name, and the next changes of those on the screen alone', async () => {
    watcher.show('p', [key('b')]);
    const { state: read, next, tagNames, refusals } = await state();
    expect(read.queues[0]?.contacts.map(({ contactId }) => contactId)).toEqual(['a', 'b']);
    expect(next).toEqual({ 'i-1#b': { at: atSecond(120), updates: [{ QueuePriority: 1 }] } });
    expect(tagNames).toEqual(['tier']);
    expect(refusals).toEqual([]);
    expect(reader.shown).toEqual([key('b')]);
  });

  test('answers at once with the next changes of those that are newly shown', async () => {
    expect(watcher.show('p', [key('a')])).toEqual({});
    await state();
    expect(Object.keys(watcher.show('p', [key('b')]))).toEqual(['i-1#b']);
  });

  test('reads what all pages show, until they are closed, and a bounded number of contacts', async () => {
    watcher.show('p', [key('a')]);
    watcher.show('q', [key('b')]);
    await state();
    expect(reader.shown).toEqual([key('a'), key('b')]);
    watcher.forget('p');
    await state();
    expect(reader.shown).toEqual([key('b')]);
    watcher.show(
      'r',
      Array.from({ length: 2_000 }, (_, index) => key(`c-${index}`)),
    );
    await state();
    expect(reader.shown).toHaveLength(500);
  });

  test('says in words what is refused of the configuration', async () => {
    const refusal = {
      parameter: 'policies/ladder',
      version: 4,
      since: T0,
      problems: [],
      problemCount: 0,
      inForce: 3,
      isHistoryKnown: true,
    };
    reader.configuration = { ...reader.configuration, refused: [refusal] };
    expect((await state()).refusals).toEqual([
      'policies/ladder: version 4 is invalid and has been refused since 2026-11-23T10:00:00.250Z. ' +
        'Version 3 has been in force since 2026-11-23T10:00:00.250Z.',
    ]);
  });

  test('that fails is said, and what was read before stays', async () => {
    await state();
    reader.failure = new AwsError('The table Contacts could not be read.');
    expect(await watcher.look()).toEqual({
      name: 'failure',
      data: { message: 'The table Contacts could not be read.' },
    });
    expect(watcher.last?.state.at).toBe(atSecond(30));
    reader.failure = undefined;
    expect((await state()).state.queues).toHaveLength(1);
  });

  test('does not wait for what the table does not tell, and passes that on once it is known', async () => {
    const missing = 'Left out: alarms.';
    reader.outside = { missing: [missing] };
    const more = await new Promise<PageState>((resolve) => {
      watcher = new Watcher(reader, resolve);
      void state().then(({ figures }) => expect(figures).toBeUndefined());
    });
    expect(more.figures).toEqual({ missing: [missing] });
    expect(more.authors).toEqual({ byPolicy: {} });
    expect(more.state.at).toBe(atSecond(30));
    expect((await state()).figures).toEqual({ missing: [missing] });
  });

  test('asks for nothing besides while it still waits for it, and says nothing twice', async () => {
    let [asked, said] = [0, 0];
    const waiting = Promise.withResolvers<void>();
    reader.figures = async () => {
      asked += 1;
      await waiting.promise;
      return reader.outside;
    };
    watcher = new Watcher(reader, () => {
      said += 1;
    });
    await state();
    await state();
    expect(asked).toBe(1);
    waiting.resolve();
    while (said === 0) await new Promise(setImmediate);
    await state();
    await new Promise(setImmediate);
    expect({ asked, said }).toEqual({ asked: 2, said: 1 });
  });

  test('says no more while looks fail', async () => {
    const waiting = Promise.withResolvers<void>();
    let said = 0;
    reader.figures = () => waiting.promise.then(() => reader.outside);
    watcher = new Watcher(reader, () => {
      said += 1;
    });
    await state();
    reader.failure = new AwsError('The table Contacts could not be read.');
    expect((await watcher.look()).name).toBe('failure');
    waiting.resolve();
    await new Promise(setImmediate);
    expect(said).toBe(0);
  });

  test('passes on a defect of what it reads besides, at the next look', async () => {
    reader.figures = async () => {
      throw new TypeError('a defect');
    };
    await state();
    await new Promise(setImmediate);
    await expect(watcher.look()).rejects.toThrow(new TypeError('a defect'));
  });

  test('passes on a defect', async () => {
    reader.failure = new TypeError('a defect');
    await expect(watcher.look()).rejects.toThrow(new TypeError('a defect'));
  });
});
