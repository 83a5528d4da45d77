import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { withoutLinePrefixes } from '../../../cli/replay/recording/line-prefixes.ts';
import { cli, directoryWith } from '../support/run-cli.ts';
import { at, eventsOf } from './fixture.ts';

/* Events that were printed over several lines, each of which a log tool has logged by itself. */

const EVENTS = eventsOf({ contactId: 'g1', queuedAt: 10, connectedAt: 200 });
const OVERRIDE = { type: 'override', instanceId: 'i-1', contactId: 'g1', set: { priority: 2 } };
const pretty = (values: readonly unknown[], indent: number | string = 4) =>
  values.map((value) => JSON.stringify(value, null, indent)).join('\n');
const LINES = pretty(EVENTS).split('\n');
const prefixed = (prefix: (index: number) => string, lines = LINES) =>
  lines.map((line, index) => `${prefix(index)}${line}\n`).join('');
const nanoseconds = (index: number) => (index % 9 === 0 ? '' : `.${index * 1_234_567}`);

/** What stands before the line of that number. */
const PREFIXES: Readonly<Record<string, (index: number) => string>> = {
  'kubectl logs --timestamps': (index) => `2026-11-23T10:00:12${nanoseconds(index)}Z `,
  'kubectl logs --prefix': () => '[pod/connector-5f/app] ',
  'a log of containerd': (index) => `2026-11-23T10:00:12${nanoseconds(index)}Z stdout F `,
  'docker compose logs': () => 'connector-1  | ',
  'docker compose logs -t': (index) => `connector-1  | 2026-11-23T10:00:12${nanoseconds(index)}Z `,
  'aws logs tail': (index) => `2026-11-23T10:00:12.${index}+00:00 app/web/0123456789abcdef `,
  'aws logs tail --format short': (index) => `2026-11-23T10:00:${12 + (index % 40)} `,
  journald: (index) => `Nov 23 10:00:${12 + (index % 40)} ip-10-0-0-1 connector[4711]: `,
  'journald with a time zone': (index) => `2026-11-23T10:00:${12 + (index % 40)}+0000 host connector[4711]: `,
  syslog: (index) => `<134>1 2026-11-23T10:00:12.${index}Z host connector 4711 - - `,
  stern: () => 'connector-5f app ',
  'a log of CI': (index) => `build\tUNKNOWN STEP\t2026-11-23T10:00:12.${index}Z `,
  'a logging library': (index) => `[2026-11-23 10:00:12,${100 + index}] INFO - `,
  'milliseconds of the epoch': (index) => `17638923${10_000 + index}\t`,
  'cat -n': (index) => `${String(index + 1).padStart(6)}\t`,
  'grep -n': (index) => `events.json:${index + 1}:`,
  'a quotation': () => '> ',
};

let files: ReturnType<typeof directoryWith>;
beforeAll(() => {
  files = directoryWith({ 'set/all.yaml': 'steps:\n  - after: 30s\n    set: { priority: 1 }\n' });
});
afterAll(() => files.remove());

async function replayed(stdin: string) {
  const { code, out, err } = await cli(['replay', '-', '--policies', 'set', '--json'], {
    cwd: files.path,
    stdin,
  });
  const result = code === 0 ? JSON.parse(out) : undefined;
  const { entries, events, messages, problems } = result?.recording ?? {};
  const made = result?.sets[0].escalations.map((one: { madeAt: string }) => one.madeAt);
  return { code, err, entries, events, messages, problems, made };
}

const COMPLETE = { code: 0, err: '', entries: 2, events: 2, messages: 0, problems: 0, made: [at(40)] };

describe('escalator replay reads pretty-printed events with a prefix on each line', () => {
  test.each(Object.entries(PREFIXES))('of %s', async (_, prefix) => {
    expect(await replayed(prefixed(prefix))).toEqual(COMPLETE);
    expect(await replayed(prefixed(prefix).replaceAll('\n', '\r\n'))).toEqual(COMPLETE);
    expect(await replayed(prefixed(prefix, pretty([EVENTS], '\t').split('\n')))).toEqual(COMPLETE);
  });

  test.each(Object.entries(PREFIXES))('of %s, between other lines of the log', async (_, prefix) => {
    const lines = ['Started.', ...LINES, ...pretty([OVERRIDE]).split('\n'), 'Ended.'];
    const { events, messages, problems } = await replayed(prefixed(prefix, lines));
    // The time of a rule message is that of its first line.
    const hasTime = /\d{4}-\d\d-|1763/.test(prefix(1));
    expect([events, messages]).toEqual([2, hasTime ? 1 : 0]);
    expect(problems).toBeLessThanOrEqual(3);
  });
});

describe('without a prefix', () => {
  const collect = async (chunks: readonly string[]) => {
    let text = '';
    for await (const chunk of withoutLinePrefixes(fromList(chunks))) text += chunk;
    return text;
  };
  async function* fromList(chunks: readonly string[]) {
    yield* chunks;
  }

  test('a text stays as it is, however it is cut', async () => {
    const lines = fc.array(
      fc.oneof(
        fc.constantFrom(
          '{',
          '[',
          '}',
          ']',
          '',
          'Event: {',
          '  "detail": {',
          '    "a": 1,',
          '  },',
          '{"a":1}{',
        ),
        fc.string({ maxLength: 20 }),
        fc.constant('x'.repeat(3_000)),
      ),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(lines, fc.nat(), async (list, cut) => {
        const text = list.join('\n');
        const at = cut % (text.length + 1);
        // One way to cut is like another.
        expect(await collect([text.slice(0, at), text.slice(at)])).toBe(await collect([...text]));
      }),
    );
    const value = JSON.stringify([{ a: [{ b: {} }], c: [[1], [2]] }], null, 2);
    expect(await collect([`Event: ${value}\nEvent: ${value}\n`])).toBe(`Event: ${value}\nEvent: ${value}\n`);
  });

  test('a line without end is read in a time that grows with its length', async () => {
    const started = performance.now();
    const chunks = Array.from({ length: 2_000 }, () => '1 1 1 1 {"a":'.repeat(500));
    expect(await collect(chunks)).toHaveLength(chunks.join('').length);
    const digits = `${'1 '.repeat(900)}{\n${'1'.repeat(1_900)}x\n`;
    expect(await collect([digits])).toBe(digits);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
