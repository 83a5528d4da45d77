import { describe, expect, test } from '@jest/globals';
import type { ConfiguredLine } from '../../../lambda/domain/outgoing-events/lines.ts';
import { recordChanges } from '../../../lambda/flow/configuration/record-changes.ts';
import { type ReportChangesPorts, reportChanges } from '../../../lambda/flow/configuration/report-changes.ts';
import { MemoryCompiler } from '../../support/compiler.ts';
import { T0 } from '../../support/contacts.ts';

/* Who changed which policy, as SSM reports it, is in the log and in events, whatever becomes of the change. */

const ANN = 'arn:aws:sts::123456789012:assumed-role/Operators/ann';
const BOB = 'arn:aws:iam::123456789012:user/bob';
const POLICY = 'steps: [{ after: 0s, set: { priority: 2 } }]';
const OTHER = 'steps: [{ after: 0s, set: { priority: 1 } }]';
const AT = new Date(T0).toISOString();

const written = (parameter: string, version: number, modifiedBy: string, at = AT): ConfiguredLine => ({
  parameter,
  change: 'written',
  parameterVersion: version,
  modifiedBy,
  at,
});

/** A compiler with what the sweep reports to. */
class Reporter extends MemoryCompiler {
  readonly lines: ConfiguredLine[] = [];
  readonly unsent: string[] = [];
  readonly accepted: { id: string; at: number }[] = [];
  /** What EventBridge answers for each event; undefined: it accepts the event. */
  eventResult: (id: string) => string | undefined = () => undefined;
  events: readonly 'configured'[] = ['configured'];

  get reportPorts(): ReportChangesPorts {
    return {
      ...this.ports,
      eventBus: {
        send: async (events) =>
          events.map(({ at, detail: { id } }) => {
            const result = this.eventResult(id);
            if (result === undefined) this.accepted.push({ id, at });
            return result;
          }),
      },
      telemetry: {
        configured: (line) => this.lines.push(line),
        eventsUnsent: (count, reason) => this.unsent.push(`${count}: ${reason}`),
      },
      settings: async () => ({ events: this.events }),
    };
  }

  /** What a sweep writes to the log. */
  async report(): Promise<ConfiguredLine[]> {
    this.lines.length = 0;
    await reportChanges(this.reportPorts);
    return this.lines;
  }
}

/** A deployment whose first look is over. */
async function deployed(): Promise<Reporter> {
  const reporter = new Reporter();
  reporter.putAs(ANN, 'policies/gold', POLICY);
  await reporter.compile();
  await reporter.report();
  reporter.now = T0 + 60_000;
  return reporter;
}
const LATER = new Date(T0 + 60_000).toISOString();

describe('a log line says who wrote a parameter, and which version', () => {
  test.each([
    ['a new policy', 'policies/silver', POLICY, 1],
    ['an edited policy', 'policies/gold', OTHER, 2],
    ['an edit that changes nothing', 'policies/gold', POLICY, 2],
    ['an invalid policy, which is not in force', 'policies/gold', 'stepz: []', 2],
    ['the settings', 'settings', 'updateRate: 5', 1],
    ['the kill switch', 'pause', 'x', 1],
    ['the kill switch in other case', 'Pause', 'x', 1],
  ])('%s', async (_name, parameter, text, version) => {
    const reporter = await deployed();
    reporter.putAs(BOB, parameter, text);
    await reporter.compile();
    expect(await reporter.report()).toEqual([written(parameter, version, BOB, LATER)]);
    expect(await reporter.report()).toEqual([]);
  });

  test('at the first look, of what is in force alone', async () => {
    const reporter = new Reporter();
    reporter.putAs(BOB, 'policies/gold', OTHER);
    reporter.putAs(ANN, 'policies/gold', POLICY);
    await reporter.compile();
    expect(await reporter.report()).toEqual([written('policies/gold', 2, ANN)]);
  });

  test('each version, although the compiler saw the last one alone', async () => {
    const reporter = await deployed();
    reporter.putAs(BOB, 'policies/gold', OTHER);
    reporter.putAs(ANN, 'policies/gold', POLICY);
    await reporter.compile();
    expect((await reporter.report()).map((line) => [line.parameterVersion, line.modifiedBy])).toEqual([
      [2, BOB],
      [3, ANN],
    ]);
  });

  test('that was deleted and created again, with versions that begin anew', async () => {
    const reporter = await deployed();
    reporter.delete('policies/gold');
    reporter.putAs(BOB, 'policies/gold', OTHER);
    await reporter.compile();
    expect(await reporter.report()).toEqual([written('policies/gold', 1, BOB, LATER)]);
  });

  test('that was deleted, as far as it is known', async () => {
    const reporter = await deployed();
    reporter.delete('policies/gold');
    await reporter.compile();
    expect(await reporter.report()).toEqual([
      { parameter: 'policies/gold', change: 'deleted', parameterVersion: 1, at: LATER },
    ]);
    await reporter.compile();
    expect(await reporter.report()).toEqual([]);
  });

  test('that is deleted again before the sweep: it is on record from the publication on', async () => {
    const reporter = await deployed();
    reporter.putAs(BOB, 'pause', 'x');
    await reporter.compile();
    reporter.delete('pause');
    await reporter.compile();
    expect(await reporter.report()).toEqual([
      written('pause', 1, BOB, LATER),
      { parameter: 'pause', change: 'deleted', parameterVersion: 1, at: LATER },
    ]);
  });

  test('of which SSM does not say who', async () => {
    const reporter = await deployed();
    reporter.authorsOf = () => [];
    reporter.putAs(BOB, 'Pause', 'x');
    await reporter.compile();
    expect(await reporter.report()).toEqual([
      { parameter: 'Pause', change: 'written', parameterVersion: 1, at: LATER },
    ]);
  });

  test('that was written in the same millisecond as the one before', async () => {
    const reporter = await deployed();
    reporter.now = T0;
    reporter.putAs(BOB, 'policies/gold', OTHER);
    await reporter.compile();
    expect(await reporter.report()).toEqual([written('policies/gold', 2, BOB)]);
  });

  test('that was written after the compiler read the parameters, when the next one reads it', async () => {
    const reporter = await deployed();
    reporter.putAs(BOB, 'policies/gold', OTHER);
    reporter.beforeRead = () => {
      reporter.beforeRead = () => {};
      reporter.putAs(ANN, 'policies/gold', POLICY);
    };
    await reporter.compile();
    expect(await reporter.report()).toEqual([written('policies/gold', 2, BOB, LATER)]);
    await reporter.compile();
    expect(await reporter.report()).toEqual([written('policies/gold', 3, ANN, LATER)]);
  });

  test('of which SSM does not say when', async () => {
    const reporter = await deployed();
    const { ports } = reporter;
    const lookAt = async (version: number) => {
      reporter.authorsOf = () => [1, 2, 3].map((one) => ({ version: one, modifiedBy: BOB }));
      await recordChanges([{ name: 'policies/new', text: '', version }], ports);
      return (await reporter.report())
        .filter(({ parameter }) => parameter === 'policies/new')
        .map((line) => [line.parameterVersion, line.modifiedBy, line.at]);
    };
    reporter.accepted.length = 0;
    expect(await lookAt(2)).toEqual([
      [1, BOB, undefined],
      [2, BOB, undefined],
    ]);
    expect(reporter.accepted.at(-1)).toMatchObject({ at: reporter.now });
    expect(await lookAt(3)).toEqual([[3, BOB, undefined]]);
    // From then on it says so.
    reporter.authorsOf = () => [{ version: 4, modifiedBy: ANN, modifiedAt: T0 }];
    await recordChanges([{ name: 'policies/new', text: '', version: 4, modifiedAt: T0 }], ports);
    expect(await reporter.report()).toEqual([written('policies/new', 4, ANN)]);
  });

  test('and nothing of a parameter that nothing reads', async () => {
    const reporter = await deployed();
    reporter.putAs(BOB, 'deployment', '{}');
    reporter.putAs(BOB, 'notes', 'x');
    await reporter.compile();
    expect(await reporter.report()).toEqual([]);
  });
});

describe('nothing that is published waits for it', () => {
  test('what SSM does not answer is recorded by a later look', async () => {
    const reporter = await deployed();
    reporter.putAs(BOB, 'policies/silver', POLICY);
    const { authorsOf } = reporter;
    reporter.authorsOf = () => {
      throw new Error('ThrottlingException');
    };
    await expect(reporter.compile()).rejects.toThrow('ThrottlingException');
    expect(reporter.policies).toEqual(['gold', 'silver']);
    expect(await reporter.report()).toEqual([]);
    reporter.authorsOf = authorsOf;
    await reporter.compile();
    expect(await reporter.report()).toEqual([written('policies/silver', 1, BOB, LATER)]);
  });

  test('a pause is in force before SSM is asked', async () => {
    const reporter = await deployed();
    reporter.putAs(BOB, 'pause', '');
    const seen: unknown[] = [];
    reporter.authorsOf = () => {
      seen.push(reporter.stopped);
      return [];
    };
    await reporter.compile();
    expect(seen).toEqual(['paused']);
  });

  test('a look asks for 30 parameters, and the next ones for the others', async () => {
    const reporter = await deployed();
    for (let index = 0; index < 70; index += 1) reporter.putAs(BOB, `policies/p-${index}`, POLICY);
    const looks: number[] = [];
    for (let look = 0; look < 4; look += 1) {
      reporter.authorReads.length = 0;
      await reporter.compile();
      looks.push(reporter.authorReads.length);
    }
    expect(looks).toEqual([30, 30, 10, 0]);
    expect((await reporter.report()).length).toBe(70);
  });

  test('500 changes wait to be reported, at most: then nobody asks for authors', async () => {
    const reporter = await deployed();
    const waiting = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        id: `${index}`,
        line: written(`policies/${index}`, 1, BOB),
      }));
    const ask = async (count: number) => {
      const { reported, revision } = reporter.reported ?? { reported: { versions: {} }, revision: 0 };
      reporter.reported = { reported: { ...reported, unreported: waiting(count) }, revision };
      reporter.authorReads.length = 0;
      await reporter.compile();
      return reporter.authorReads;
    };
    reporter.putAs(BOB, 'policies/gold', OTHER);
    expect(await ask(500)).toEqual([]);
    expect(await ask(499)).toEqual(['policies/gold']);
  });

  test('nothing is written where nothing changed, or is to be reported', async () => {
    const reporter = await deployed();
    reporter.beforeRecord = () => {
      throw new Error('Not expected.');
    };
    await reporter.compile();
    expect(await reporter.report()).toEqual([]);
    reporter.reported = undefined;
    expect(await reporter.report()).toEqual([]);
  });

  test('a look is repeated after another one that recorded less, and given up after three', async () => {
    const reporter = await deployed();
    reporter.putAs(BOB, 'policies/silver', POLICY);
    let writes = 0;
    reporter.beforeRecord = () => {
      writes += 1;
      const { reported } = reporter;
      if (reported && writes !== 2) reporter.reported = { ...reported, revision: reported.revision + 1 };
    };
    await reporter.compile();
    expect(writes).toBe(2);
    reporter.beforeRecord = () => {};
    expect(await reporter.report()).toEqual([written('policies/silver', 1, BOB, LATER)]);
    reporter.putAs(BOB, 'policies/gold', OTHER);
    writes = 2;
    reporter.beforeRecord = () => {
      writes += 1;
      const { reported } = reporter;
      if (reported) reporter.reported = { ...reported, revision: reported.revision + 1 };
    };
    await reporter.compile();
    expect(writes).toBe(5);
  });

  test('of two that look at the same time, one records', async () => {
    const reporter = await deployed();
    reporter.putAs(BOB, 'policies/silver', POLICY);
    let isFirst = true;
    reporter.beforeRecord = () => {
      if (!isFirst || !reporter.reported) return;
      isFirst = false;
      const { reported, revision } = reporter.reported;
      const line = written('policies/silver', 1, BOB, LATER);
      const versions = { ...reported.versions, 'policies/silver': { version: 1, modifiedAt: reporter.now } };
      reporter.reported = { reported: { versions, unreported: [{ id: 'x', line }] }, revision: revision + 1 };
    };
    await reporter.compile();
    expect(await reporter.report()).toHaveLength(1);
  });
});

describe('the event configured', () => {
  test('is sent for each change, with the same id whenever it is sent', async () => {
    const reporter = await deployed();
    reporter.accepted.length = 0;
    reporter.putAs(BOB, 'policies/gold', OTHER);
    reporter.eventResult = () => 'InternalFailure';
    await reporter.compile();
    expect(await reporter.report()).toHaveLength(1);
    expect([reporter.accepted, reporter.unsent]).toEqual([[], ['1: InternalFailure']]);
    reporter.eventResult = () => undefined;
    // The line is in the log already.
    reporter.now += 60_000;
    expect(await reporter.report()).toEqual([]);
    const id = `configured/policies/gold/written/2/${LATER}`;
    expect(reporter.accepted).toEqual([{ id, at: T0 + 60_000 }]);
    await reporter.report();
    expect(reporter.accepted).toHaveLength(1);
  });

  test('is of the time at which it is sent, where SSM does not say when the parameter was written', async () => {
    const reporter = await deployed();
    reporter.accepted.length = 0;
    const line = { parameter: 'policies/gold', change: 'written' as const, parameterVersion: 2 };
    reporter.reported = { reported: { versions: {}, unreported: [{ id: 'x', line }] }, revision: 1 };
    await reporter.report();
    expect(reporter.accepted).toEqual([{ id: 'x', at: reporter.now }]);
  });

  test('says what the line says', async () => {
    const reporter = await deployed();
    const sent: unknown[] = [];
    const eventBus = {
      send: async (events: readonly object[]) => {
        sent.push(...events);
        return events.map(() => undefined);
      },
    };
    reporter.putAs(BOB, 'policies/gold', OTHER);
    await reporter.compile();
    await reportChanges({ ...reporter.reportPorts, eventBus });
    const detail = {
      id: `configured/policies/gold/written/2/${LATER}`,
      ...written('policies/gold', 2, BOB, LATER),
    };
    expect(sent).toEqual([{ name: 'configured', at: T0 + 60_000, detail }]);
  });

  test('that EventBridge refuses waits alone, and its reason is reported', async () => {
    const reporter = await deployed();
    reporter.accepted.length = 0;
    reporter.putAs(BOB, 'policies/gold', OTHER);
    reporter.putAs(BOB, 'policies/silver', OTHER);
    reporter.eventResult = (id) => (id.includes('silver') ? 'InternalFailure' : undefined);
    await reporter.compile();
    await reporter.report();
    expect(reporter.unsent).toEqual(['1: InternalFailure']);
    expect(reporter.accepted).toHaveLength(1);
  });

  test('is sent again where it cannot be recorded that it was sent', async () => {
    const reporter = await deployed();
    reporter.putAs(BOB, 'policies/gold', OTHER);
    await reporter.compile();
    reporter.beforeRecord = () => {
      throw new Error('TimeoutError');
    };
    await expect(reporter.report()).rejects.toThrow('TimeoutError');
  });

  test('is not sent where the settings do not choose it, and the line is written all the same', async () => {
    const reporter = await deployed();
    reporter.accepted.length = 0;
    reporter.events = [];
    reporter.putAs(BOB, 'policies/gold', OTHER);
    await reporter.compile();
    expect(await reporter.report()).toHaveLength(1);
    reporter.events = ['configured'];
    await reporter.report();
    expect(reporter.accepted).toEqual([]);
  });

  test('waits while EventBridge cannot be reached, after one request', async () => {
    const reporter = await deployed();
    reporter.accepted.length = 0;
    for (let index = 0; index < 25; index += 1) reporter.putAs(BOB, `policies/p-${index}`, POLICY);
    await reporter.compile();
    let requests = 0;
    const unreachable = {
      send: async () => {
        requests += 1;
        throw new Error('no network');
      },
    };
    await reportChanges({ ...reporter.reportPorts, eventBus: unreachable });
    expect([requests, reporter.unsent]).toEqual([1, ['10: Error: no network']]);
    await reporter.report();
    expect(reporter.accepted).toHaveLength(25);
  });
});
