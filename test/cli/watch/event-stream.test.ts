import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { EventStream } from '../../../cli/watch/event-stream.ts';

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

describe('the stream of events', () => {
  test('sends each event to all pages, in the format of server-sent events', () => {
    const [a, b] = [open('a'), open('b')];
    events.send('state', { text: 'two\nlines' });
    expect(a.headers).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8' });
    expect(a.got).toEqual(['retry: 1000\n\n', 'event: state\ndata: {"text":"two\\nlines"}\n\n']);
    expect(b.got).toEqual(a.got);
  });

  test('shows a page that opens beside another one the last state at once, and no failure', () => {
    open('a');
    events.send('state', { at: 1 });
    events.send('failure', { message: 'no' });
    expect(open('b').got.slice(1)).toEqual(['event: state\ndata: {"at":1}\n\n']);
  });

  test('shows nothing old to a page that opens after all were closed', () => {
    const page = open('a');
    events.send('state', { at: 1 });
    page.emit('close');
    events.send('state', { at: 2 });
    expect(open('b').got).toEqual(['retry: 1000\n\n']);
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

  test('leaves out a page that does not keep up, until it has read', () => {
    const page = open('a');
    page.writableLength = 16_384;
    events.send('state', { at: 1 });
    page.writableLength = 0;
    events.send('state', { at: 2 });
    expect(page.got.slice(1)).toEqual(['event: state\ndata: {"at":2}\n\n']);
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
