import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { EventStream } from '../../../cli/watch/event-stream.ts';
import type { PageState } from '../../../cli/watch/page-state.ts';

/** A response to a page, which reads what it gets unless it is slow. */
class Page extends EventEmitter {
  readonly got: string[] = [];
  headers: object = {};
  writableLength = 0;
  isEnded = false;

  writeHead(_status: number, headers: object): void {
    this.headers = headers;
  }

  write(text: string): void {
    this.got.push(text);
  }

  end(): void {
    this.isEnded = true;
  }
}

const log: string[] = [];
let events: EventStream;

beforeEach(() => {
  jest.useFakeTimers();
  log.length = 0;
  events = new EventStream({
    onFirst: () => log.push('first'),
    onOpen: () => {},
    onClose: (page) => log.push(`closed ${page}`),
  });
});
afterEach(() => {
  jest.useRealTimers();
});

function open(name: string): Page {
  const page = new Page();
  events.add(name, page as unknown as ServerResponse);
  return page;
}

/** A state in which so many tags are named. */
function state(at: number, ...tagNames: string[]): PageState {
  return {
    state: {
      at,
      calls: { reasons: [], perSecond: 18, due: [], questions: 0, rejected: 0 },
      queues: [],
      policies: [],
      refused: [],
      isPartial: false,
      unreadable: 0,
    },
    hour: { since: 0, samples: [], queues: {}, policies: {} },
    next: {},
    recent: { count: 0, latest: [] },
    coming: { count: 0, next: [] },
    tagNames,
    refusals: [],
  };
}

/** The events that a page got, with their data. */
function received({ got }: Page) {
  return got.slice(1).map((text) => {
    const [, id, name, data = ''] = /^(?:id: (\d+)\n)?event: (\w+)\ndata: (.*)\n\n$/.exec(text) ?? [];
    return { id, name, data: JSON.parse(data) };
  });
}

describe('the stream of events', () => {
  test('sends each event to all pages, in the format of server-sent events', () => {
    const [a, b] = [open('a'), open('b')];
    events.send('failure', { message: 'two\nlines' });
    expect(a.headers).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8' });
    expect(a.got).toEqual(['retry: 1000\n\n', 'event: failure\ndata: {"message":"two\\nlines"}\n\n']);
    expect(b.got).toEqual(a.got);
  });

  test('sends the whole state once, and then what is different, each with its number', () => {
    const page = open('a');
    events.send('state', state(1, 'tier'));
    events.send('state', state(2, 'tier'));
    events.send('state', state(3, 'tier', 'team'));
    const { queues: _queues, ...rest } = state(2).state;
    expect(received(page)).toEqual([
      { id: '1', name: 'state', data: state(1, 'tier') },
      {
        id: '2',
        name: 'change',
        data: { from: 1, state: rest, queues: [], contacts: [], gone: [], parts: {} },
      },
      {
        id: '3',
        name: 'change',
        data: expect.objectContaining({ from: 2, parts: { tagNames: ['tier', 'team'] } }),
      },
    ]);
  });

  test('shows a page that opens beside another one the last state at once, and no failure', () => {
    const before = open('a');
    events.send('state', state(1));
    events.send('state', state(2));
    events.send('failure', { message: 'no' });
    const beside = open('b');
    expect(received(beside)).toEqual([{ id: '2', name: 'state', data: state(2) }]);
    events.send('state', state(3));
    expect(received(beside).at(-1)).toMatchObject({ id: '3', name: 'change', data: { from: 2 } });
    expect(received(before).at(-1)).toEqual(received(beside).at(-1));
  });

  test('shows nothing old to a page that opens after all were closed', () => {
    const page = open('a');
    events.send('state', state(1));
    page.emit('close');
    events.send('state', state(2));
    const later = open('b');
    expect(later.got).toEqual(['retry: 1000\n\n']);
    events.send('state', state(3));
    expect(received(later)).toEqual([{ id: '2', name: 'state', data: state(3) }]);
  });

  test('says when the first page opens and when a page is gone', () => {
    expect(events.isOpen).toBe(false);
    const [a, b] = [open('a'), open('b')];
    expect(events.isOpen).toBe(true);
    a.emit('close');
    expect([events.has('a'), events.has('b')]).toEqual([false, true]);
    b.emit('close');
    expect(events.isOpen).toBe(false);
    open('c');
    expect(log).toEqual(['first', 'closed a', 'closed b', 'first']);
  });

  test('does not take a page for gone that came back before its lost connection was noticed', () => {
    const lost = open('a');
    open('a');
    lost.emit('close');
    expect(log).toEqual(['first']);
  });

  test('leaves out a page that does not keep up, and sends it the whole state once it has read', () => {
    const [slow, other] = [open('a'), open('b')];
    events.send('state', state(1));
    slow.writableLength = 16_384;
    events.send('state', state(2));
    slow.writableLength = 0;
    events.send('state', state(3));
    events.send('state', state(4));
    const names = (page: Page) => received(page).map(({ id, name }) => `${id} ${name}`);
    expect(names(slow)).toEqual(['1 state', '3 state', '4 change']);
    expect(names(other)).toEqual(['1 state', '2 change', '3 change', '4 change']);
  });

  test('keeps a connection alive while it has nothing to send, and no longer', () => {
    const page = open('a');
    jest.advanceTimersByTime(20_000);
    expect(page.got.slice(1)).toEqual([':\n\n', ':\n\n']);
    page.emit('close');
    expect(jest.getTimerCount()).toBe(0);
  });

  test('ends all connections', () => {
    const pages = [open('a'), open('b')];
    events.close();
    expect(pages.map(({ isEnded }) => isEnded)).toEqual([true, true]);
  });
});
