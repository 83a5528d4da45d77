import { describe, expect, test } from '@jest/globals';
import { cli, directoryWith } from '../support/run-cli.ts';
import { event, eventsOf, linesOf, replayed } from './fixture.ts';

/* A result without contacts or calls says why. */

const VISIT = { contactId: 'c1', queuedAt: 10, connectedAt: 20 };
const QUEUED = event('QUEUED', 10, VISIT);
const NOW = { steps: [{ after: '0s', set: { priority: 1 } }] };
const withDetail = (more: object) => ({ ...QUEUED, detail: { ...QUEUED.detail, ...more } });

async function summaryOf(recording: readonly object[], policies: Readonly<Record<string, string>>) {
  const files = directoryWith({ ...policies, 'recording.jsonl': linesOf(...recording) });
  const { code, out } = await cli(['replay', 'recording.jsonl', '--policies', 'set'], { cwd: files.path });
  files.remove();
  expect(code).toBe(0);
  return out.split('\n')[0];
}

describe('no contact waited', () => {
  const TEST = { segmentAttributes: { 'connect:ValidationTestType': { valueString: 'X' } } };
  test.each<[name: string, recording: object[], reason: string]>([
    ...[null, {}, '', 'none', [], 5, { queueArn: null }].map((queueInfo): [string, object[], string] => [
      `queueInfo is ${JSON.stringify(queueInfo)}`,
      [withDetail({ queueInfo }), withDetail({ queueInfo, contactId: 'c2' })],
      '2 events of type QUEUED have no queue (queueInfo with a queueArn)',
    ]),
    [
      'queueInfo is missing',
      [withDetail({ queueInfo: undefined })],
      '1 event of type QUEUED has no queue (queueInfo with a queueArn)',
    ],
    [
      'others only',
      [event('DISCONNECTED', 20, VISIT, { queueInfo: undefined })],
      'no event is of type QUEUED',
    ],
    [
      'the end of a wait only',
      eventsOf(VISIT).slice(1),
      '1 contact left a queue before the first event of it; no event is of type QUEUED',
    ],
    ['tests of Connect', [withDetail(TEST)], '1 event of Connect’s own tests is left out'],
    ['a replayed archive', [{ ...QUEUED, 'replay-name': 'r' }], '1 event of a replayed archive is left out'],
    [
      'a call that an agent dials',
      [withDetail({ initiationMethod: 'OUTBOUND', agentInfo: { agentArn: 'arn:x/agent/a' } })],
      'agents dial its calls, or no event shows a contact while it waits',
    ],
  ])('%s', async (_, recording, reason) => {
    const policies = { 'set/a.json': JSON.stringify(NOW) };
    expect(await summaryOf(recording, policies)).toMatch(/; 0 waited in a queue: /);
    expect(await summaryOf(recording, policies)).toContain(
      `; 0 waited in a queue: ${reason}. The set set would have changed nothing: no contact waited.`,
    );
  });

  test('beside others that did, it is a limit of the result', async () => {
    const recording = linesOf(...eventsOf(VISIT), withDetail({ queueInfo: null, contactId: 'c2' }));
    const { caveats, recording: summary } = await replayed(recording, { set: { a: NOW } });
    expect(summary).toMatchObject({ queued: 1, queuedEvents: 2, withoutQueue: 1 });
    expect(caveats).toContain(
      '1 event of type QUEUED has no queue (queueInfo with a queueArn): it does not count as waiting.',
    );
  });
});

test.each<[policies: Readonly<Record<string, string>>, reason: string]>([
  [
    { 'set/a.yaml': 'mode: off\nsteps: [{ after: 0s, set: { priority: 1 } }]' },
    'it has no policy, or all are off',
  ],
  [
    { 'set/a.yaml': 'mode: observe\nsteps: [{ after: 0s, set: { priority: 1 } }]' },
    'its policies observe only',
  ],
  [
    { 'set/a.yaml': 'match: { channel: [EMAIL] }\nsteps: [{ after: 0s, set: { priority: 1 } }]' },
    'none of its policies governed a contact that waited',
  ],
  [
    { 'set/a.yaml': 'steps: [{ after: 5m, set: { priority: 1 } }]' },
    'no contact waited until a step that changes its routing',
  ],
  [
    { 'set/a.yaml': 'steps: [{ after: 0s, set: { priority: 1 } }]', 'set/settings.yaml': 'pause: true' },
    'its settings have pause: true',
  ],
])('the set %j would have changed nothing', async (policies, reason) => {
  expect(await summaryOf(eventsOf(VISIT), policies)).toContain(
    `The set set would have changed nothing: ${reason}.`,
  );
});

test.each([null, {}])(
  'explain says that a QUEUED event with queueInfo %j has no queue',
  async (queueInfo) => {
    const files = directoryWith({
      'set/a.json': JSON.stringify(NOW),
      'e.json': JSON.stringify(withDetail({ queueInfo })),
    });
    const { err } = await cli(['explain', '--contact-file', 'e.json', '--policies', 'set'], {
      cwd: files.path,
    });
    expect(err).toBe(
      'escalator: e.json is an event of type QUEUED that has no queue: expected detail.queueInfo with a queueArn.\n',
    );
    files.remove();
  },
);

test('explain reads a queueInfo that is a string', async () => {
  const event = withDetail({ queueInfo: JSON.stringify(QUEUED.detail.queueInfo) });
  const files = directoryWith({ 'set/a.json': JSON.stringify(NOW), 'e.json': JSON.stringify(event) });
  const { out, err } = await cli(['explain', '--contact-file', 'e.json', '--policies', 'set'], {
    cwd: files.path,
  });
  expect([out.split('\n')[0], err]).toEqual([expect.stringContaining('has been in q since'), '']);
  files.remove();
});
