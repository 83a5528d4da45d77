import { beforeEach, describe, expect, test } from '@jest/globals';
import { ChangeLog } from '../../cli/watch/change-log.ts';
import type { PageChange, PageState } from '../../cli/watch/page-state.ts';
import { Watcher } from '../../cli/watch/watcher.ts';
import { applyChange } from '../../console/page-change.ts';
import { MadeUpCentre, PICTURED_AT } from '../../scripts/console/made-up-centre.ts';

/** What JSON carries. */
const sent = <T>(value: T): T => JSON.parse(JSON.stringify(value));

let centre: MadeUpCentre;
let watcher: Watcher;
let log: ChangeLog;

beforeEach(() => {
  centre = new MadeUpCentre();
  watcher = new Watcher(centre.reader);
  log = new ChangeLog();
});

async function look(at: number): Promise<PageState> {
  centre.advanceTo(at);
  const { name, data } = await watcher.look();
  if (name !== 'state') throw new Error(name);
  return data;
}

describe('a page that gets changes', () => {
  test('has what it would have if it got everything, look after look of a busy centre', async () => {
    const begin = PICTURED_AT - 15 * 60_000;
    let state = await look(begin);
    let shown = sent(state);
    log.add(state);
    let [bytes, whole] = [0, 0];
    for (let at = begin + 5_000; at <= PICTURED_AT; at += 5_000) {
      state = await look(at);
      const { change } = log.add(state);
      shown = applyChange(shown, sent(change));
      expect(shown).toEqual(sent(state));
      bytes += JSON.stringify(change).length;
      whole += JSON.stringify(state).length;
    }
    // Contacts came, left, moved and were changed, and yet most stayed as they were.
    expect(state.state.queues.length).toBeGreaterThan(3);
    expect(whole / bytes).toBeGreaterThan(3);
  });

  test('keeps the lists of queues in which nothing is different', async () => {
    const state = await look(PICTURED_AT);
    log.add(state);
    const { change } = log.add({ ...state, tagNames: ['other'] });
    expect(change).toMatchObject({ contacts: [], gone: [], parts: { tagNames: ['other'] } });
    const after = applyChange(state, change);
    expect(after.tagNames).toEqual(['other']);
    after.state.queues.forEach(({ contacts }, index) => {
      expect(contacts).toBe(state.state.queues[index]?.contacts);
    });
  });

  test('moves a contact to its other queue, in whichever form the ARN of the queue is written', async () => {
    const state = await look(PICTURED_AT);
    log.add(state);
    const [first, second] = state.state.queues;
    const moved = first?.contacts[0];
    if (!first || !second || !moved) throw new Error('Nobody waits.');
    const queueArn = second.arn.replace('/queue/', '/queue/agent/');
    const queues = [
      { ...first, contacts: first.contacts.slice(1) },
      { ...second, contacts: [...second.contacts, { ...moved, queueArn }] },
      ...state.state.queues.slice(2),
    ];
    const change: PageChange = log.add({ ...state, state: { ...state.state, queues } }).change;
    expect(change.gone).toEqual([]);
    const after = applyChange(state, change);
    expect(after.state.queues[0]?.contacts).not.toContainEqual(moved);
    expect(after.state.queues[1]?.contacts).toContainEqual({ ...moved, queueArn });
  });
});
