import { describe, expect, test } from '@jest/globals';
import { tierFigures } from '../../../local/demo/tier-figures.ts';
import { type Visit, VisitLog, type Wait, waitWithin } from '../../../local/demo/visits.ts';
import { busiestWindow, windowFrom } from '../../../local/demo/window.ts';
import { parseScenario, type Scenario } from '../../../sim/scenario/index.ts';
import { queuedContact, T0 } from '../../support/contacts.ts';

const SOURCE = {
  name: 'small',
  start: '2026-11-23T22:00:00+01:00',
  hours: 4,
  serviceLevel: '20s',
  queues: ['q'],
  agents: [{ name: 'a', count: 2, queues: [{ queue: 'q' }] }],
  streams: [{ tier: 'gold', queue: 'q', arrivals: { perHour: 10 }, handling: { mean: '4m' } }],
};
const scenario = parseScenario(JSON.stringify(SOURCE), () => '').scenario as Scenario;
const at = (time: string) => Date.parse(`2026-11-${time}:00+01:00`);
const [HOUR, MINUTE] = [3_600_000, 60_000];

const visit = (enqueuedAt: number, leftAt?: number): Visit => ({
  facts: queuedContact().facts as Visit['facts'],
  queueArn: 'queue/q',
  enqueuedAt,
  ...(leftAt !== undefined && { exit: { at: leftAt, isAnswered: true } }),
});

describe('the part of a scenario from a time of day on', () => {
  test.each([
    ['begins on its first day', 23, 10, '23T23:00', '23T23:10'],
    ['begins on the next day, if the first one began later', 1, 10, '24T01:00', '24T01:10'],
    ['ends with the scenario', 1, 120, '24T01:00', '24T02:00'],
  ])('%s', (_name, hour, minutes, from, to) => {
    expect(windowFrom(scenario, hour * HOUR, minutes)).toEqual({ startsAt: at(from), endsAt: at(to) });
  });

  test.each([
    [21, '--from 21:00 is not within the scenario, whose contacts arrive from 22:00 to 02:00.'],
    [2, '--from 02:00 is not within the scenario, whose contacts arrive from 22:00 to 02:00.'],
  ])('is refused at %i o’clock, when no contacts arrive', (hour, message) => {
    expect(() => windowFrom(scenario, hour * HOUR, 10)).toThrow(message);
  });
});

describe('the busiest part of a scenario', () => {
  test('is that in which contacts wait longest, all together', () => {
    const early = visit(at('23T22:05'), at('23T22:12'));
    const late = [visit(at('24T00:30'), at('24T00:36')), visit(at('24T00:33'), at('24T00:37'))];
    expect(busiestWindow(scenario, [early, ...late], 10)).toEqual({
      startsAt: at('24T00:27'),
      endsAt: at('24T00:37'),
    });
  });

  test('is its beginning where nobody waits', () => {
    expect(busiestWindow(scenario, [], 10)).toEqual({ startsAt: at('23T22:00'), endsAt: at('23T22:10') });
  });

  test('counts those who never leave, and is the whole of a short scenario', () => {
    const short = { ...scenario, hours: 0.1 };
    expect(busiestWindow(short, [visit(at('23T22:05'))], 10)).toEqual({
      startsAt: at('23T22:00'),
      endsAt: at('23T22:06'),
    });
  });
});

describe('the wait of a contact, as it is seen in a window', () => {
  const window = { startsAt: T0, endsAt: T0 + 10 * MINUTE };
  test.each<[string, Visit, Wait | undefined]>([
    [
      'that it began before',
      visit(T0 - MINUTE, T0 + MINUTE),
      { end: 'answered', enqueuedAt: T0 - MINUTE, leftAt: T0 + MINUTE },
    ],
    [
      'that ends first',
      visit(T0, T0 + 11 * MINUTE),
      { end: 'waiting', enqueuedAt: T0, leftAt: T0 + 10 * MINUTE },
    ],
    ['that it never ends', visit(T0), { end: 'waiting', enqueuedAt: T0, leftAt: T0 + 10 * MINUTE }],
    ['that begins later', visit(T0 - 2 * MINUTE, T0), undefined],
    ['that ended before', visit(T0 + 10 * MINUTE), undefined],
  ])('%s', (_name, one, wait) => {
    expect(waitWithin(one, window)).toEqual(wait);
  });

  test('is known from the events of the centre', () => {
    const log = new VisitLog();
    const facts = queuedContact().facts as Visit['facts'];
    log.onEvent({ eventType: 'CONNECTED_TO_AGENT', facts }, T0 - 1);
    log.onEvent({ eventType: 'QUEUED', facts }, T0);
    log.onEvent({ eventType: 'CONNECTED_TO_AGENT', facts }, T0 + 1);
    log.onEvent({ eventType: 'DISCONNECTED', facts }, T0 + 2);
    expect([...log.visits]).toEqual([
      [
        facts.contactId,
        {
          facts,
          queueArn: facts.queue?.arn,
          enqueuedAt: T0,
          exit: { at: T0 + 1, isAnswered: true },
        },
      ],
    ]);
  });
});

describe('the figures of a tier', () => {
  const wait = (end: Wait['end'], seconds: number): Wait => ({
    end,
    enqueuedAt: T0,
    leftAt: T0 + seconds * 1_000,
  });

  test('count what the target time decides', () => {
    const waits = [
      ...[wait('answered', 10), wait('answered', 20), wait('answered', 21)],
      // Within the target these two are no fault of the centre; beyond it they are.
      ...[wait('abandoned', 20), wait('waiting', 20)],
      ...[wait('abandoned', 30), wait('waiting', 30)],
    ];
    expect(tierFigures(waits, 20)).toEqual({
      contacts: 7,
      answered: 3,
      abandoned: 2,
      waiting: 2,
      serviceLevel: 2 / 5,
      waitMedianSeconds: 20,
      waitP95Seconds: 21,
    });
  });

  test('of a tier without contacts have no shares', () => {
    expect(tierFigures([], 20)).toMatchObject({
      contacts: 0,
      serviceLevel: undefined,
      waitP95Seconds: undefined,
    });
  });
});
