import { describe, expect, test } from '@jest/globals';
import { cli, directoryWith } from '../support/run-cli.ts';
import { eventsOf, linesOf, type QueueVisit, replayed } from './fixture.ts';

const gold = (contactId: string, more: Partial<QueueVisit>): QueueVisit => ({
  contactId,
  tier: 'gold',
  queuedAt: 0,
  ...more,
});

const VISITS: readonly QueueVisit[] = [
  gold('in-time', { connectedAt: 120 }),
  gold('late', { connectedAt: 121 }),
  gold('gave-up-before', { hungUpAt: 100 }),
  gold('gave-up-after', { hungUpAt: 200 }),
  gold('still-waits', {}),
  gold('not-due-yet', { queuedAt: 290 }),
  { contactId: 'silver', tier: 'silver', queuedAt: 0, connectedAt: 300 },
];
const RECORDING = linesOf(...VISITS.flatMap(eventsOf));
const SET = {
  gold: { match: { tags: { tier: ['gold'] } }, target: '2m' },
  nobody: { match: { tags: { tier: ['bronze'] } }, target: '1m' },
  watched: { mode: 'observe', precedence: 1, target: '1m' },
  rest: { precedence: 200, steps: [{ after: '1m', set: { priority: 4 } }] },
};

describe('targets in a replay', () => {
  test('count the contacts that were answered before they were due', async () => {
    const { sets, caveats } = await replayed(RECORDING, { set: SET });
    // Late are `late`, `gave-up-after` and `still-waits`.
    expect(sets[0]?.targets).toEqual([
      { policy: 'gold', contacts: 4, inTime: 1 },
      { policy: 'nobody', contacts: 0, inTime: 0 },
    ]);
    expect(caveats.filter((caveat) => caveat.includes('within a target'))).toHaveLength(1);
  });

  test('are not mentioned where no policy has one', async () => {
    const { sets, caveats } = await replayed(RECORDING, { set: { rest: SET.rest } });
    expect(sets[0]).not.toHaveProperty('targets');
    expect(caveats.join()).not.toContain('target');
  });

  test('have a table in the text', async () => {
    const directory = directoryWith({
      'recording.jsonl': RECORDING,
      'set/gold.json': JSON.stringify(SET.gold),
      'set/nobody.json': JSON.stringify(SET.nobody),
    });
    const { out } = await cli(['replay', 'recording.jsonl', '--policies', 'set'], { cwd: directory.path });
    directory.remove();
    expect(out).toMatch(/│ Target of │ Contacts │ Answered in time │ Share │/);
    expect(out).toMatch(/│ gold +│ 4 +│ 1 +│ 25 % +│/);
    expect(out).toMatch(/│ nobody +│ 0 +│ 0 +│ - +│/);
  });
});
