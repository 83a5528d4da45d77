import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createGzip, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sampleRecording } from '../../../sim/replay/sample-recording.ts';
import { cli, directoryWith } from '../support/run-cli.ts';
import { at, eventsOf, linesOf } from './fixture.ts';

const ROOT = join(import.meta.dirname, '../../..');

const EVENTS = [
  ...eventsOf({ contactId: 's1', tier: 'silver', queuedAt: 0, connectedAt: 300 }),
  ...eventsOf({ contactId: 'g1', tier: 'gold', queuedAt: 10, connectedAt: 200 }),
];

let files: ReturnType<typeof directoryWith>;

beforeAll(() => {
  files = directoryWith({
    'gold/gold.yaml': 'match: { tags: { tier: [gold] } }\nsteps:\n  - after: 30s\n    set: { priority: 1 }\n',
    'other/gold/gold.yaml': 'steps:\n  - after: 1h\n    set: { priority: 1 }\n',
    'broken/gold.yaml': 'steps:\n  - aftr: 0s\n    set: { priority: 1 }\n',
    'slow.yaml': 'updateRate: 2\nupdateShare: 0.5\n',
    'events.jsonl': linesOf(...EVENTS),
    'empty.jsonl': '\n',
    'letter.txt': 'Dear all,\nthis is not an event.\n',
    'initiated.jsonl': linesOf({
      ...EVENTS[0],
      detail: { ...(EVENTS[0] as { detail: object }).detail, eventType: 'INITIATED' },
    }),
  });
});
afterAll(() => files.remove());

const replay = (args: readonly string[], stdin = '') => cli(['replay', ...args], { cwd: files.path, stdin });
const escalationsOf = (out: string) => JSON.parse(out).sets[0].escalations;

describe('escalator replay', () => {
  test('prints a summary, then tables, then the assumptions', async () => {
    const { code, out, err } = await replay(['events.jsonl', '--policies', 'gold', '--top', '1']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n')[0]).toBe(
      'Replayed 4 contact events of 2 contacts from 2026-11-23T10:00:00Z to 2026-11-23T10:05:00Z; 2 waited in a queue. ' +
        'The set gold would have escalated 1 contact with 1 call, at most 1 in a second of the 18 granted. ' +
        'Contacts would have overtaken others 1 time, most often gold overtaking silver (1).',
    );
    expect(out).toContain(
      '│ g1      │ gold │ q     │ gold, step 1 │ 2026-11-23T10:00:40Z │ 30s    │ priority 1 (was priority 5) │ yes         │',
    );
    expect(out).toContain('│ gold overtook silver │ 1     │');
    expect(out).toContain('- Contacts wait as long as they did in the recording:');
  });

  test('calls with an unknown effect have a row, so that the rows add up', async () => {
    const { out } = await replay(
      ['-', '--policies', 'gold'],
      linesOf(...EVENTS, ...eventsOf({ contactId: 'g2', tier: 'gold', queuedAt: 230 })),
    );
    const rows = out
      .match(/^│ (Calls| {2}[^│]*?) +│ (\d+) +│$/gm)
      ?.map((row) => row.replaceAll(/[│\s]+/g, ' ').trim());
    expect(rows).toEqual([
      'Calls 2',
      'took effect 1',
      'too late: the contact left within the routing lag 0',
      'unknown: the recording ends before 1',
    ]);
  });

  test('sets of the same name are named by their paths, and --settings applies to all', async () => {
    const { out } = await replay([
      ...[
        'events.jsonl',
        '--policies',
        'gold',
        '--policies',
        'other/gold',
        '--settings',
        'slow.yaml',
        '--json',
      ],
    ]);
    const { sets } = JSON.parse(out);
    expect(
      sets.map(({ name, calls }: { name: string; calls: { grantedPerSecond: number } }) => [
        name,
        calls.grantedPerSecond,
      ]),
    ).toEqual([
      ['gold', 1],
      ['other/gold', 1],
    ]);
  });

  describe('reads', () => {
    const list = JSON.stringify(EVENTS, null, 2);
    const logged = EVENTS.map((one) => `${at(0)} ${JSON.stringify(one)}\n`).join('');
    const tailed = EVENTS.map((one) => `${at(0)} some-stream ${JSON.stringify(one)}\n`).join('');
    const wrapped = {
      events: EVENTS.map((one) => ({ timestamp: 1, message: JSON.stringify(one) })),
      searchedLogStreams: [],
    };
    test.each([
      ['JSON lines with Windows ends', linesOf(...EVENTS).replaceAll('\n', '\r\n')],
      ['a JSON list over many lines', list],
      ['a JSON list in one line', JSON.stringify(EVENTS)],
      ['an export of CloudWatch Logs', logged],
      ['the output of aws logs tail', tailed],
      ['the output of aws logs filter-log-events', JSON.stringify(wrapped, null, 4)],
      ['the same in one line', JSON.stringify(wrapped)],
    ])('%s', async (_, stdin) => {
      const { code, out } = await replay(['-', '--policies', 'gold', '--json'], stdin);
      expect(code).toBe(0);
      expect(escalationsOf(out)).toEqual([expect.objectContaining({ contactId: 'g1', madeAt: at(40) })]);
    });

    test('a rule message at the time of its log line', async () => {
      const message = JSON.stringify({ type: 'override', contactId: 's1', set: { priority: 2 } });
      const { out } = await replay(
        ['-', '--policies', 'gold', '--json'],
        `${linesOf(...EVENTS)}${at(12)} s ${message}\n`,
      );
      expect(escalationsOf(out)).toEqual([
        expect.objectContaining({ contactId: 's1', madeAt: at(12), to: { priority: 2 } }),
        expect.objectContaining({ contactId: 'g1', madeAt: at(40) }),
      ]);
    });

    test('several files, compressed or not, as one recording', async () => {
      writeFileSync(
        join(files.path, 'first.jsonl.gz'),
        gzipSync(linesOf(...EVENTS.slice(0, 1), ...EVENTS.slice(3))),
      );
      writeFileSync(join(files.path, 'second.jsonl'), linesOf(...EVENTS.slice(1, 3)));
      const parts = await replay(['second.jsonl', 'first.jsonl.gz', '--policies', 'gold', '--json']);
      const whole = await replay(['events.jsonl', '--policies', 'gold', '--json']);
      expect(JSON.parse(parts.out).sets).toEqual(JSON.parse(whole.out).sets);
    });
  });

  const EXPECTED =
    'Expected contact events as EventBridge delivers them, {"detail-type":"Amazon Connect Contact Event",…}, one JSON ' +
    'object per line or in a JSON list.\n';
  test.each([
    [['nowhere.jsonl', '--policies', 'gold'], 'escalator: nowhere.jsonl does not exist.\n'],
    [
      ['gold', '--policies', 'gold'],
      'escalator: gold has no contact event to replay: of 4 entries, 4 not readable.\n' +
        `  gold/gold.yaml:1: The line is not JSON: "match: { tags: { tier: [gold] } }"; expected one JSON object per line.\n${EXPECTED}`,
    ],
    [['empty.jsonl', '--policies', 'gold'], `escalator: empty.jsonl is empty. ${EXPECTED}`],
    [
      ['letter.txt', '--policies', 'gold'],
      'escalator: letter.txt has no contact event to replay: of 2 entries, 2 not readable.\n' +
        `  letter.txt:1: The line is not JSON: "Dear all,"; expected one JSON object per line.\n${EXPECTED}`,
    ],
    [
      ['initiated.jsonl', '--policies', 'gold'],
      'escalator: initiated.jsonl has no contact event to replay: of 1 entry, 1 of types that change nothing, such as ' +
        `INITIATED.\n${EXPECTED}`,
    ],
    [['events.jsonl', '--policies', 'nothing'], 'escalator: nothing does not exist.\n'],
    [['events.jsonl'], "error: required option '--policies <directory>' not specified\n"],
    [
      ['events.jsonl', '--policies', 'gold', '--from', at(5), '--to', at(5)],
      'escalator: --from must be before --to.\n',
    ],
    [['-', '-', '--policies', 'gold'], 'escalator: Stdin (-) can be read only once.\n'],
  ])('%j is a usage error', async (args, err) => {
    expect(await replay(args)).toEqual({ code: 2, out: '', err });
  });

  test('an invalid policy has the exit code of check, with every problem once', async () => {
    writeFileSync(join(files.path, 'bad-settings.yaml'), 'updateRat: 10\n');
    const { code, out, err } = await replay([
      ...['events.jsonl', '--policies', 'broken', '--policies', 'gold', '--settings', 'bad-settings.yaml'],
    ]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('broken/gold.yaml:2:5: error unknown-key: "aftr" is not a known key;');
    expect(err.match(/unknown-key: "updateRat"/g)).toHaveLength(1);
  });

  test('thirty thousand events are replayed within 192 MB of memory', async () => {
    const file = join(files.path, 'large.jsonl.gz');
    await writeLarge(file, 7_500);
    const child = spawn(
      process.execPath,
      ['--max-old-space-size=192', join(ROOT, 'cli/main.ts'), 'replay', file, '--policies', 'gold', '--json'],
      { cwd: files.path },
    );
    const [out, err, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { recording, sets } = JSON.parse(out);
    expect(recording).toMatchObject({ events: 30_000, contacts: 7_500, queued: 7_500 });
    expect(sets[0]).toMatchObject({ contacts: 75, calls: { made: 75, peakPerSecond: 1 } });
  });
});

/** Writes four events for each contact, a minute apart. One contact in a hundred is gold and waits long. */
async function writeLarge(file: string, contacts: number): Promise<void> {
  const gzip = createGzip({ level: 1 });
  const written = once(gzip.pipe(createWriteStream(file)), 'finish');
  for (let index = 0; index < contacts; index++) {
    const queuedAt = index * 60;
    const isGold = index % 100 === 0;
    const connectedAt = queuedAt + (isGold ? 50 : 5);
    const visit = { contactId: `c-${index}`, tier: isGold ? 'gold' : 'silver', queuedAt, connectedAt };
    const events = [...eventsOf(visit), ...eventsOf({ ...visit, hungUpAt: connectedAt + 5 }).slice(2)];
    const [queued] = events;
    const updated = {
      ...queued,
      id: `${index} updated`,
      time: at(queuedAt + 1),
      detail: { ...(queued as { detail: object }).detail, eventType: 'CONTACT_DATA_UPDATED' },
    };
    if (!gzip.write(linesOf(...events, updated))) await once(gzip, 'drain');
  }
  gzip.end();
  await written;
}

test('scenarios/recordings has the recording that npm run recording writes', () => {
  const recording = gunzipSync(
    readFileSync(join(ROOT, 'scenarios/recordings/monday-morning.jsonl.gz')),
  ).toString();
  expect(recording).toBe(
    sampleRecording()
      .map((line) => `${line}\n`)
      .join(''),
  );
});
