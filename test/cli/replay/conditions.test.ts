import { describe, expect, test } from '@jest/globals';
import { cli, directoryWith } from '../support/run-cli.ts';
import { at, eventsOf, linesOf, type QueueVisit, queueArn, replayed } from './fixture.ts';

const BUSY_FIRST = { match: { signals: ['busy'] }, steps: [{ after: '0s', set: { priority: 2 } }] };
const policySet = (condition: object) => ({
  set: { 'busy-first': BUSY_FIRST, 'conditions/busy.json': JSON.stringify(condition) },
});

/** Three calls wait from 20 s to 100 s, a chat from 50 s on, and one more call comes at 130 s. */
const VISITS: readonly QueueVisit[] = [
  { contactId: 'a', queuedAt: 0, connectedAt: 100 },
  { contactId: 'b', queuedAt: 10, connectedAt: 100 },
  { contactId: 'c', queuedAt: 20, connectedAt: 100 },
  { contactId: 'chat', channel: 'CHAT', queuedAt: 50, connectedAt: 200 },
  { contactId: 'late', queuedAt: 130, connectedAt: 240 },
  { contactId: 'other', queue: 'r', queuedAt: 30, connectedAt: 240 },
];
const RECORDING = linesOf(...VISITS.flatMap(eventsOf));
const MORE_THAN_TWO = { waiting: [{ numeric: ['>', 2] }] };

/** Which contacts the set escalates, and when. */
async function escalated(condition: object) {
  const { sets, caveats } = await replayed(RECORDING, policySet(condition));
  const [set] = sets;
  return {
    made: Object.fromEntries((set?.escalations ?? []).map(({ contactId, madeAt }) => [contactId, madeAt])),
    conditions: set?.conditions,
    caveats,
  };
}

describe('conditions in a replay', () => {
  test('begin and end by how many wait, at polls every 15 seconds', async () => {
    const { made, conditions } = await escalated({ when: MORE_THAN_TWO });
    // The poll at 30 s sees three, and those who wait are looked at five seconds later; the chat comes meanwhile.
    expect(made).toEqual({ a: at(35), b: at(35), c: at(35), chat: at(50.5) });
    expect(conditions).toEqual([{ name: 'busy', begun: 1, firstAt: at(30), heldSeconds: 75 }]);
  });

  test('keep holding until `until` matches', async () => {
    const { made, conditions } = await escalated({ when: MORE_THAN_TWO, until: { waiting: [0] } });
    expect(made).toMatchObject({ chat: at(50.5), late: at(130.5) });
    expect(conditions?.[0]).toMatchObject({ begun: 1, heldSeconds: 210 });
  });

  test('see how long the first contact waits, in named queues alone', async () => {
    const when = { oldestSeconds: [{ numeric: ['>=', 60] }] };
    const { made } = await escalated({ when, queues: ['r'] });
    expect(made).toEqual({ other: at(95) });
    expect((await escalated({ when, queues: [queueArn('r')] })).made).toEqual(made);
  });

  test('count one channel, and are a signal of all contacts of the queue', async () => {
    const { made } = await escalated({ channel: 'CHAT', when: { waiting: [{ numeric: ['>', 0] }] } });
    expect(made).toEqual({ a: at(65), b: at(65), c: at(65), chat: at(65), late: at(130.5) });
  });

  test.each([
    ['begin', { when: { agentsAvailable: [0] }, queues: ['q', 'r'] }, {}],
    ['end', { when: MORE_THAN_TWO, until: { agentsStaffed: [{ numeric: ['>', 0] }] } }, { late: at(130.5) }],
  ])('do not %s by agents, which is said once', async (_name, condition, late) => {
    const { made, caveats } = await escalated(condition);
    expect(made).toMatchObject(late);
    if (!('late' in late)) expect(made).toEqual({});
    const said = caveats.filter((caveat) => caveat.includes('agents are logged in'));
    expect(said).toEqual([
      'A recording does not say which agents are logged in or free. What conditions ask of them (busy) counts as not ' +
        'met, both where a condition begins and where it ends by it.',
    ]);
  });

  test('hold nowhere for names of queues, which is said', async () => {
    const { made, caveats } = await escalated({ when: MORE_THAN_TWO, queues: ['Billing'] });
    expect(made).toEqual({});
    expect(caveats).toContainEqual(
      expect.stringContaining('in which no contact of the recording waited: Billing.'),
    );
  });

  test('are not polled and not mentioned where no policy names one', async () => {
    const { sets, caveats } = await replayed(RECORDING, { set: { p: { steps: BUSY_FIRST.steps } } });
    expect(sets[0]).not.toHaveProperty('conditions');
    expect(caveats.join()).not.toContain('ondition');
  });

  test('have a table in the text', async () => {
    const directory = directoryWith({
      'recording.jsonl': RECORDING,
      'set/busy-first.json': JSON.stringify(BUSY_FIRST),
      'set/conditions/busy.json': JSON.stringify({ when: MORE_THAN_TWO }),
    });
    const { out } = await cli(['replay', 'recording.jsonl', '--policies', 'set'], { cwd: directory.path });
    directory.remove();
    expect(out).toMatch(
      /│ Condition │ Begun │ First +│ Held for │\n.*\n│ busy +│ 1 +│ 2026-11-23T10:00:30Z │ 1m15s +│/,
    );
  });
});
