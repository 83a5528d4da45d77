import { beforeEach, describe, expect, test } from '@jest/globals';
import { AwsError } from '../../../cli/errors.ts';
import type { ContactPage } from '../../../cli/watch/contact-page.ts';
import type { Routes } from '../../../cli/watch/http-server.ts';
import { createRoutes } from '../../../cli/watch/routes.ts';
import { Watcher } from '../../../cli/watch/watcher.ts';
import { MemoryReader } from '../../../scripts/console/memory-reader.ts';
import { waitingRecord } from '../../../scripts/console/waiting-contacts.ts';
import { atSecond, INSTANCE, QUEUE_ARN, T0 } from '../../support/contacts.ts';

const POLICY = { steps: [{ after: '2m', set: { priority: 1 } }] };

let reader: MemoryReader;
let watcher: Watcher;
let opened: string[];
let routes: Routes;

beforeEach(async () => {
  reader = new MemoryReader(atSecond(30), { policies: { all: POLICY }, since: T0 }, [INSTANCE]);
  const contact = { instanceId: INSTANCE, contactId: 'c/1 %', queueArn: QUEUE_ARN, enqueuedAt: T0 };
  reader.put(waitingRecord(contact, reader.context, reader.at));
  watcher = new Watcher(reader);
  opened = [];
  routes = createRoutes({
    files: new Map([['', { type: 'text/html', body: '<p>' }]]),
    events: { add: (page) => opened.push(page), has: (page) => page === 'p-1' },
    watcher,
    reader,
  });
});

const get = async (...path: string[]) => {
  const answer = await routes.get(path);
  return answer && { ...answer, body: JSON.parse(answer.body) };
};

describe('the console answers', () => {
  test('with its files, and nothing else', async () => {
    expect(await routes.get([''])).toEqual({ type: 'text/html', body: '<p>' });
    expect(await routes.get([])).toEqual({ type: 'text/html', body: '<p>' });
    for (const path of [
      ['x'],
      ['', ''],
      ['..', 'cli'],
      ['__proto__'],
      ['contacts'],
      ['contacts', 'a', 'b'],
    ]) {
      expect(await routes.get(path)).toBeUndefined();
    }
  });

  test('with the stream of a page, and with none of a name that no page gives itself', () => {
    expect(routes.stream(['events', 'p-1'], {} as never)).toBe(true);
    for (const path of [
      ['events'],
      ['events', ''],
      ['events', 'a b'],
      ['events', 'a', 'b'],
      ['events', 'x'.repeat(65)],
    ]) {
      expect(routes.stream(path, {} as never)).toBe(false);
    }
    expect(opened).toEqual(['p-1']);
  });

  test('with a contact in full, whatever is in its id, with times in the zone of the reader', async () => {
    await watcher.look();
    const answer = await get('contacts', INSTANCE, 'c/1 %', 'Europe/Berlin');
    const { words, timeline, place, policy }: ContactPage = answer?.body ?? {};
    expect({ place, policy }).toEqual({ place: { place: 1, waiting: 1 }, policy: 'all' });
    expect(words).toContain('since 2026-11-23 11:00:00 (10:00:00Z)');
    expect(timeline.at(-1)).toMatchObject({ at: atSecond(120), kind: 'update', isComing: true });
    expect((await get('contacts', INSTANCE, 'c/1 %', 'Nowhere'))?.body.words).toContain(
      '2026-11-23T10:00:00Z',
    );
  });

  test.each([
    [404, ['i-1', 'unknown'], 'No event of the contact unknown has arrived.'],
    [400, ['quota', 'c'], 'This is no id of a contact.'],
    [400, ['i#1', 'c'], 'This is no id of a contact.'],
    [400, ['i-1', ''], 'This is no id of a contact.'],
    [400, ['i-1', 'x'.repeat(257)], 'This is no id of a contact.'],
  ])('with %i for the contact %j', async (status, [instanceId = '', contactId = ''], message) => {
    await watcher.look();
    expect(await get('contacts', instanceId, contactId, 'UTC')).toMatchObject({ status, body: { message } });
  });

  test('with the reason where the table is not read', async () => {
    expect(await get('contacts', INSTANCE, 'c/1 %', 'UTC')).toMatchObject({ status: 503 });
    await watcher.look();
    reader.failure = new AwsError('Denied.');
    expect(await get('contacts', INSTANCE, 'c/1 %', 'UTC')).toMatchObject({
      status: 502,
      body: { message: 'Denied.' },
    });
    reader.failure = new TypeError('a defect');
    await expect(get('contacts', INSTANCE, 'c/1 %', 'UTC')).rejects.toThrow('a defect');
  });

  test('with the next changes of what a page shows', async () => {
    await watcher.look();
    const shown = [
      { instanceId: INSTANCE, contactId: 'c/1 %' },
      { instanceId: 'quota', contactId: 'c' },
      { instanceId: INSTANCE, contactId: '' },
    ];
    const answer = await routes.post(['shown', 'p-1'], JSON.stringify(shown));
    expect(JSON.parse(answer?.body ?? '')).toEqual({
      'i-1#c/1 %': { at: atSecond(120), updates: [{ QueuePriority: 1 }] },
    });
    await watcher.look();
    expect(reader.shown).toEqual([shown[0]]);
  });

  test.each(['', '{', 'null', '{}', '[1]', '[{"instanceId":1,"contactId":"c"}]', '[{"contactId":"c"}]'])(
    'with a complaint about the body %s',
    async (body) => {
      expect(await routes.post(['shown', 'p-1'], body)).toMatchObject({ status: 400 });
    },
  );

  test('with no change of what is shown, for a page that is not open any more', async () => {
    const shown = [{ instanceId: INSTANCE, contactId: 'c/1 %' }];
    expect(await routes.post(['shown', 'closed'], JSON.stringify(shown))).toMatchObject({ status: 409 });
    await watcher.look();
    expect(reader.shown).toEqual([]);
  });

  test('nothing that would change anything', async () => {
    for (const path of [['shown'], ['shown', 'a b'], ['shown', 'p', 'q'], ['events', 'p'], ['act'], ['']]) {
      expect(await routes.post(path, '[]')).toBeUndefined();
    }
  });
});
