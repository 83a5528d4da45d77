import { describe, expect, test } from '@jest/globals';
import type { Source } from '../../../cli/sources/source.ts';
import { parseRuleMessage } from '../../../lambda/domain/messages/parse.ts';
import type { ObservedCall } from '../../../local/demo/audit.ts';
import { INSTANCE } from '../../../local/demo/centre-config.ts';
import { ConfigurationLog } from '../../../local/demo/configuration-log.ts';
import { configurationOf } from '../../../local/demo/demo-policies.ts';
import { DemoObserver } from '../../../local/demo/observer.ts';
import type { DemoResult } from '../../../local/demo/run.ts';
import { type DemoSummary, summarize } from '../../../local/demo/summary.ts';
import type { Visit } from '../../../local/demo/visits.ts';
import { parseScenario, type Scenario } from '../../../sim/scenario/index.ts';

const START = Date.parse('2026-11-23T09:00:00Z');
const at = (seconds: number) => START + seconds * 1_000;
const ARN = `arn:aws:connect:${INSTANCE.region}:${INSTANCE.account}:instance/${INSTANCE.id}/queue/q`;

const SCENARIO = parseScenario(
  JSON.stringify({
    name: 'small',
    start: '2026-11-23T10:00:00+01:00',
    hours: 2,
    serviceLevel: '60s',
    queues: ['q'],
    agents: [{ name: 'a', count: 2, queues: [{ queue: 'q' }] }],
    streams: [{ tier: 'gold', queue: 'q', arrivals: { perHour: 10 }, handling: { mean: '4m' } }],
  }),
  () => '',
).scenario as Scenario;

const source = (name: string, kind: Source['kind'], value: object): Source => ({
  file: name,
  name,
  kind,
  text: JSON.stringify(value),
});

/** Each gold contact has priority 3 at once, and 1 after a minute. */
const GOLD = {
  steps: [
    { after: '0s', set: { priority: 3 } },
    { after: '60s', set: { priority: 1 } },
  ],
};
const SOURCES = [source('gold', 'policy', GOLD)];

/** A demo of ten minutes, in which somebody may step in. */
class Demo {
  readonly observer = new DemoObserver();
  readonly configuration: ConfigurationLog;
  readonly #sources: readonly Source[];

  constructor(sources: readonly Source[] = SOURCES) {
    this.#sources = sources;
    this.configuration = new ConfigurationLog(sources, START);
  }

  /** A contact waits from one second of the demo to another one. */
  waits(contactId: string, from: number, to: number): this {
    const queue = { arn: ARN, enqueuedAt: at(from) };
    const facts = {
      instanceId: INSTANCE.id,
      contactId,
      channel: 'VOICE',
      initiationMethod: 'INBOUND',
      queue,
    };
    this.observer.onCentreEvent({ eventType: 'QUEUED', facts }, at(from));
    this.observer.onCentreEvent({ eventType: 'CONNECTED_TO_AGENT', facts }, at(to));
    return this;
  }

  /** Connect applies a priority. */
  sets(contactId: string, second: number, priority: number): this {
    const call: ObservedCall = {
      ...{ contactId, at: at(second), request: { QueuePriority: priority } },
      ...{ applied: true, throttled: false, wasQueued: true },
    };
    this.observer.calls.push(call);
    return this;
  }

  get summary(): DemoSummary {
    const setup = {
      scenario: SCENARIO,
      policies: { sources: this.#sources, configuration: configurationOf(this.#sources) },
      window: { startsAt: START, endsAt: at(600) },
      isBusiest: false,
      hasAngryCustomers: false,
      baseline: new Map<string, Visit>(),
    };
    const result: DemoResult = {
      setup,
      window: setup.window,
      ...{ arrivals: new Map(), angryAt: new Map(), configuration: this.configuration },
      ...{ realDurationMs: 1, startDelaysMs: [], maxEventLoopDelayMs: 1, isIdle: true },
    };
    return summarize(result, this.observer);
  }

  /** How often each objective was missed, without those that were met. */
  get missed(): Record<string, number> {
    const missed = this.summary.sloChecks.filter(({ violations }) => violations > 0);
    return Object.fromEntries(missed.map(({ objective, violations }) => [objective, violations]));
  }
}

const APPLIED = 'every change was applied if its contact was still queued 5 s after it was due';
const DUE = 'no call applied a change that was not due';
const TWICE = 'no change was applied twice';
const NOTHING = { heldBack: 0, touched: 0, edited: 0, unseen: 0 };

describe('without anybody who steps in', () => {
  test('nothing is left out, and nothing is missed', () => {
    const demo = new Demo().waits('gold-1', 0, 100).sets('gold-1', 0.5, 3).sets('gold-1', 61, 1);
    expect(demo.missed).toEqual({});
    expect(demo.summary.notJudged).toEqual(NOTHING);
    expect(demo.summary).toMatchObject({ contacts: 1, answered: 1, changesApplied: 2 });
  });

  test('a fault is missed', () => {
    expect(new Demo().waits('gold-1', 0, 100).sets('gold-1', 0.5, 3).missed).toEqual({ [APPLIED]: 1 });
    const twice = new Demo().waits('gold-1', 0, 50).sets('gold-1', 0.5, 3).sets('gold-1', 2, 3);
    expect(twice.missed).toEqual({ [DUE]: 1, [TWICE]: 1 });
  });

  test('one who waited before the demo is due from its beginning', () => {
    const demo = new Demo().waits('gold-1', -90, 100).sets('gold-1', 1, 1);
    expect(demo.missed).toEqual({});
    expect(demo.summary.latenessMedianMs).toBe(1_000);
    expect(new Demo().waits('gold-1', -90, 100).missed).toEqual({ [APPLIED]: 1 });
  });

  test('contacts of others count nowhere', () => {
    expect(new Demo().waits('my-contact', 0, 100).summary.contacts).toBe(0);
  });
});

describe('while calls are paused', () => {
  const paused = (from: number, until?: number) => {
    const demo = new Demo();
    demo.configuration.change('pause', 'by ann', at(from));
    if (until !== undefined) demo.configuration.change('pause', undefined, at(until));
    return demo.waits('gold-1', 0, 290).sets('gold-1', 0.5, 3);
  };

  test('a change that falls due is left out, and said', () => {
    const demo = paused(50);
    expect(demo.missed).toEqual({});
    expect(demo.summary.notJudged).toEqual({ ...NOTHING, heldBack: 1 });
  });

  test('a change that follows the pause is applied, as late as the system was', () => {
    const demo = paused(50, 90).sets('gold-1', 92, 1);
    expect(demo.missed).toEqual({});
    expect(demo.summary).toMatchObject({ changesApplied: 2, latenessP95Ms: 500, notJudged: NOTHING });
  });

  test('a fault after the pause is missed, as is one before it', () => {
    expect(paused(50, 90).missed).toEqual({ [APPLIED]: 1 });
    expect(paused(200).missed).toEqual({ [APPLIED]: 1 });
  });

  test('settings pause calls, too', () => {
    const demo = new Demo().waits('gold-1', 0, 100).sets('gold-1', 0.5, 3);
    demo.configuration.change('settings', '{ "pause": true }', at(50));
    expect(demo.missed).toEqual({});
  });
});

describe('a contact that somebody changed', () => {
  const queue = (name: string) => `http://127.0.0.1/123456789012/${name}`;
  const send = (demo: Demo, name: string, message: object) =>
    demo.observer.interventions.onMessage(queue(name), JSON.stringify(message));

  test.each<[string, string, object]>([
    [
      'by an override',
      'OperatorMessages',
      { type: 'override', contactId: 'gold-1', set: { priority: 9 }, actor: 'ann', ttl: '1m' },
    ],
    ['by a release', 'OperatorMessages', { type: 'release', contactId: 'gold-1', actor: 'ann' }],
    ['by a signal', 'RuleMessages', { type: 'signal', contactId: 'gold-1', signal: 'vip' }],
    ['by a signal to its queue', 'RuleMessages', { type: 'signal', queueArn: ARN, signal: 'vip', ttl: '1m' }],
  ])('%s is left out, and no other one', (_name, name, message) => {
    const demo = new Demo();
    demo.waits('gold-1', 0, Number.POSITIVE_INFINITY).sets('gold-1', 20, 2).sets('gold-1', 30, 2);
    demo.waits('gold-2', 0, 100).sets('gold-2', 0.5, 3);
    expect(demo.missed).toEqual({ [APPLIED]: 3, [DUE]: 2, [TWICE]: 1 });
    send(demo, name, message);
    expect(
      parseRuleMessage(JSON.stringify(message), { messageId: 'm', sentAt: 0, instances: [INSTANCE.id] }),
    ).toHaveLength(1);
    expect(demo.missed).toEqual({ [APPLIED]: 1 });
    expect(demo.summary.notJudged).toEqual({ ...NOTHING, touched: 1 });
    // It counts as a contact all the same.
    expect(demo.summary).toMatchObject({ contacts: 2, waiting: 1 });
  });

  test('by an event from outside is left out, as is the one that continues it', () => {
    const demo = new Demo().waits('gold-1', 0, 100);
    demo.observer.interventions.onForeignEvent('gold-1');
    expect(demo.missed).toEqual({});
    const visit = demo.observer.visits.get('gold-1') as Visit;
    const next = { ...visit, facts: { ...visit.facts, contactId: 'gold-1.2', previousContactId: 'gold-1' } };
    expect(demo.observer.interventions.touched(next)).toBe(true);
  });

  test.each<[string, string, object | string]>([
    [
      'a signal of the demo itself',
      'RuleMessages',
      { type: 'signal', id: 'demo-gold-1', contactId: 'gold-1', signal: 'x' },
    ],
    [
      'a message of the system to itself',
      'WakeUps',
      { type: 'wake', contactId: 'gold-1', instanceId: INSTANCE.id, wakeAt: 1 },
    ],
    ['a message that nobody understands', 'RuleMessages', 'hello'],
    ['a message to the wrong queue', 'RuleMessages', { type: 'release', contactId: 'gold-1', actor: 'ann' }],
  ])('%s changes nothing', (_name, name, message) => {
    const demo = new Demo().waits('gold-1', 0, 100);
    send(demo, name, message as object);
    expect(demo.missed).toEqual({ [APPLIED]: 2 });
  });
});

describe('while policies are edited', () => {
  const SLOWER = { steps: [{ after: '150s', set: { priority: 2 } }] };
  const edited = (second: number, text: string | undefined = JSON.stringify(SLOWER)) => {
    const demo = new Demo();
    demo.configuration.change('policies/gold', text, at(second));
    return demo;
  };

  test('a contact that waits, and to which the edit matters, is left out', () => {
    const demo = edited(50).waits('gold-1', 0, 300).sets('gold-1', 0.5, 3);
    expect(demo.missed).toEqual({});
    expect(demo.summary.notJudged).toEqual({ ...NOTHING, edited: 1 });
  });

  test('a contact that left before is judged by the policy before', () => {
    expect(edited(50).waits('gold-1', 0, 40).missed).toEqual({ [APPLIED]: 1 });
  });

  test('a contact that comes later is judged by the policy after', () => {
    const late = edited(50).waits('gold-1', 200, 500);
    expect(late.missed).toEqual({ [APPLIED]: 1 });
    expect(late.sets('gold-1', 351, 2).missed).toEqual({});
    expect(edited(50).waits('gold-1', 200, 340).sets('gold-1', 200.5, 3).missed).toEqual({ [DUE]: 1 });
  });

  test('a contact to which the edit does not matter is judged', () => {
    const other = JSON.stringify({ precedence: 5, match: { channel: ['CHAT'] }, steps: SLOWER.steps });
    const demo = new Demo().waits('gold-1', 0, 100).sets('gold-1', 0.5, 3);
    demo.configuration.change('policies/other', other, at(50));
    expect(demo.missed).toEqual({ [APPLIED]: 1 });
    expect(demo.summary.notJudged).toEqual(NOTHING);
  });

  test('a text that is not valid changes nothing, since the last valid one stays in force', () => {
    const demo = edited(50, '{ "steps": 7 }').waits('gold-1', 0, 100).sets('gold-1', 0.5, 3);
    expect(demo.missed).toEqual({ [APPLIED]: 1 });
  });

  test('a policy that is deleted governs nobody any more', () => {
    const demo = new Demo([
      ...SOURCES,
      source('chats', 'policy', { match: { channel: ['CHAT'] }, steps: SLOWER.steps }),
    ]);
    demo.configuration.change('policies/gold', undefined, at(50));
    expect(demo.waits('gold-1', 200, 500).missed).toEqual({});
    expect(demo.sets('gold-1', 200.5, 3).missed).toEqual({ [DUE]: 1 });
  });
});

describe('what the demo cannot see', () => {
  test('leaves out the contacts that it matters to', () => {
    const busy = { when: { waiting: [{ numeric: ['>', 5] }] } };
    const demo = new Demo([
      ...[
        source('gold', 'policy', { ...GOLD, match: { signals: ['busy'] } }),
        source('busy', 'condition', busy),
      ],
      source('chats', 'policy', { precedence: 5, match: { channel: ['CHAT'] }, steps: GOLD.steps }),
    ]);
    demo.waits('gold-1', 0, 100).sets('gold-1', 20, 3);
    expect(demo.missed).toEqual({});
    expect(demo.summary.notJudged).toEqual({ ...NOTHING, unseen: 1 });
  });
});
