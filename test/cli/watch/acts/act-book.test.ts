import { beforeEach, describe, expect, test } from '@jest/globals';
import type { ActPreview } from '../../../../cli/watch/acts/act.ts';
import { ActBook } from '../../../../cli/watch/acts/act-book.ts';
import type { ActReceipt } from '../../../../cli/watch/acts/operator.ts';

const ACT = { type: 'release', contactId: 'c-1' } as const;

let sends: { readonly id: string; readonly end: (result: ActReceipt | Error) => void }[];
let now: number;
let book: ActBook;

beforeEach(() => {
  sends = [];
  now = 0;
  const operator = {
    who: 'ann',
    async preview(_act: object, id: string): Promise<ActPreview> {
      return {
        id,
        type: 'release',
        words: ['Ends it.', 'More.'],
        warnings: [],
        target: { kind: 'queue', name: 'q', text: '{}' },
      };
    },
    send: ({ id }: ActPreview) =>
      new Promise<ActReceipt>((resolve, reject) => {
        sends.push({ id, end: (result) => (result instanceof Error ? reject(result) : resolve(result)) });
      }),
  };
  book = new ActBook(operator, () => now);
});

describe('an act', () => {
  test('gets an id of its own at each preview', async () => {
    const ids = [(await book.preview(ACT)).id, (await book.preview(ACT)).id];
    expect(new Set(ids).size).toBe(2);
    expect(sends).toEqual([]);
  });

  test('is sent once, however often it is asked for', async () => {
    const { id } = await book.preview(ACT);
    const first = book.send(id);
    const beside = book.send(id);
    sends[0]?.end({ at: 5, words: ['Sent.'] });
    const expected = { id, type: 'release', at: 5, title: 'Ends it.', words: ['Sent.'] };
    expect([await first, await beside, await book.send(id)]).toEqual([expected, expected, expected]);
    expect(sends).toHaveLength(1);
    expect(book.get(id)?.sent).toEqual(expected);
  });

  test('that was sent is answered with its first result however late', async () => {
    const { id } = await book.preview(ACT);
    const first = book.send(id);
    sends[0]?.end({ at: 5, words: [] });
    await first;
    now = 3_600_000;
    expect(await book.send(id)).toBe(await first);
  });

  test('that failed can be tried again under its id', async () => {
    const { id } = await book.preview(ACT);
    const first = book.send(id);
    sends[0]?.end(new Error('denied'));
    await expect(first).rejects.toThrow(new Error('denied'));
    expect(book.get(id)?.sent).toBeUndefined();
    const second = book.send(id);
    sends[1]?.end({ at: 9, words: [] });
    expect((await second).at).toBe(9);
    expect(sends.map((one) => one.id)).toEqual([id, id]);
  });

  test('is not sent without a preview, nor five minutes after it', async () => {
    await expect(book.send('unknown')).rejects.toThrow('Nobody has previewed this act here.');
    const { id } = await book.preview(ACT);
    now = 300_001;
    await expect(book.send(id)).rejects.toThrow('This preview is more than five minutes old.');
    now = 300_000;
    const sending = book.send(id);
    sends[0]?.end({ at: 1, words: [] });
    expect((await sending).id).toBe(id);
  });

  test('is forgotten once five hundred newer ones were previewed', async () => {
    const { id } = await book.preview(ACT);
    for (let count = 0; count < 499; count += 1) await book.preview(ACT);
    expect(book.get(id)).toBeDefined();
    await book.preview(ACT);
    expect(book.get(id)).toBeUndefined();
  });
});
