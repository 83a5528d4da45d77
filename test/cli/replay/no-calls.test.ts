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

describe('what the options leave out', () => {
  const refused = async (...args: string[]) => {
    const files = directoryWith({ 'set/a.json': JSON.stringify(NOW), 'r.jsonl': linesOf(QUEUED) });
    const { code, out, err } = await cli(['replay', 'r.jsonl', '--policies', 'set', ...args], {
      cwd: files.path,
    });
    files.remove();
    expect({ code, out }).toEqual({ code: 2, out: '' });
    return err.split('\n')[0];
  };
  const NONE = 'escalator: r.jsonl has no contact event to replay: of 1 entry, 1 excluded by';

  test('is said with what there is instead', async () => {
    expect(await refused('--instance-id', 'other')).toBe(`${NONE} --instance-id (their instances are i-1).`);
    expect(await refused('--from', '2027-01-01T00:00:00Z')).toBe(
      `${NONE} --from (they are from 2026-11-23T10:00:10Z to 2026-11-23T10:00:10Z).`,
    );
    expect(await refused('--to', '2020-01-01T00:00:00Z', '--instance-id', 'other')).toBe(
      `${NONE} --to and --instance-id (they are from 2026-11-23T10:00:10Z to 2026-11-23T10:00:10Z; their instances are i-1).`,
    );
  });

  test('a directory for settings, which would be any of its files', async () => {
    expect(await refused('--settings', 'set')).toBe(
      'escalator: --settings set is a directory; expected a file, such as set/settings.yaml.',
    );
  });
});

test('a tag that no contact has is named', async () => {
  const tagged = withDetail({ tags: { tier: 'gold', lang: 'de' } });
  for (const [recording, tags] of [
    [[tagged], 'Their tags are lang, tier.'],
    [[QUEUED], 'They have no tags.'],
  ] as const) {
    const { err } = await replayed(linesOf(...recording), { set: { a: NOW } }, ['--tier-tag', 'Tier']);
    expect(err).toBe(`escalator: No contact has the tag Tier that --tier-tag names. ${tags}\n`);
  }
});
