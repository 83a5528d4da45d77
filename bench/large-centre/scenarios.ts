import { SWEEP_INTERVAL_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { parseRuleMessage } from '../../lambda/domain/messages/parse.ts';
import type { QueueSignal, ResyncAll } from '../../lambda/domain/messages/rule-message.ts';
import { fanOut } from '../../lambda/flow/fan-out.ts';
import { sweep } from '../../lambda/flow/sweep.ts';
import { TIMEOUT_MS } from '../../sim/virtual/delivery.ts';
import { LargeCentre, T0 } from './large-centre.ts';

/** The largest centre that is served: docs/limits.md. */
export const LARGEST_CENTRE = 200_000;

/** Invocations for wake-ups and for signals that docs/limits.md asks for in a large centre. */
const CONCURRENCY = 20;

const MINUTE_MS = 60_000;

/** A figure of a scenario, and what it may be at most. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly atMost: number;
  readonly unit: string;
}

/** What happens in a large centre, by what it is called. */
export const SCENARIOS: Readonly<Record<string, (waiting: number) => Promise<Figure[]>>> = {
  'half an hour in which nothing else happens': resync,
  'all wake-ups are lost at once': loss,
  'a policy of all contacts is changed': change,
  'a signal to a queue in which all contacts wait': signal,
};

async function resync(waiting: number): Promise<Figure[]> {
  const centre = new LargeCentre(waiting, CONCURRENCY);
  const longestMs = await sweepFor(centre, 31);
  return [
    { name: 'contacts without a turn', value: centre.starved, atMost: 0, unit: '' },
    { name: 'longest time to a turn', value: centre.longestGapMs / MINUTE_MS, atMost: 18, unit: 'min' },
    { name: 'longest sweep', value: longestMs / 1_000, atMost: TIMEOUT_MS.sweep / 1_000 - 10, unit: 's' },
    {
      name: 'turns a second',
      value: centre.turns / (31 * SWEEP_INTERVAL_SECONDS),
      atMost: 250,
      unit: '',
    },
  ];
}

async function loss(waiting: number): Promise<Figure[]> {
  const centre = new LargeCentre(waiting, CONCURRENCY);
  // As many as there are, the sweeps know from before.
  await sweepFor(centre, 1);
  centre.loseAllWakeUps();
  const longestMs = await sweepFor(centre, 20);
  return [
    { name: 'contacts without a turn', value: centre.starved, atMost: 0, unit: '' },
    { name: 'all had a turn after', value: minutesFrom(centre.allHadTurnAt), atMost: 18, unit: 'min' },
    { name: 'longest sweep', value: longestMs / 1_000, atMost: TIMEOUT_MS.sweep / 1_000 - 10, unit: 's' },
  ];
}

function change(waiting: number): Promise<Figure[]> {
  return spread(waiting, { type: 'reevaluate', id: 'r-1' }, 20);
}

function signal(waiting: number): Promise<Figure[]> {
  const queueArn = 'arn:aws:connect:eu-central-1:123456789012:instance/i-1/queue/q-1';
  return spread(waiting, { type: 'queue-signal', id: 's-1', at: T0, queueArn, signal: 'busy' }, 5);
}

/** A message for all contacts, which may take so many minutes. */
async function spread(
  waiting: number,
  message: ResyncAll | QueueSignal,
  atMostMinutes: number,
): Promise<Figure[]> {
  let parts = 0;
  let longestPartMs = 0;
  const part = async (given: ResyncAll | QueueSignal, centre: LargeCentre) => {
    const startedAt = centre.time.now;
    await fanOut(given, centre.fanOutPorts, (contacts) => centre.readRecords(contacts));
    parts += 1;
    longestPartMs = Math.max(longestPartMs, centre.time.now - startedAt);
  };
  const centre = new LargeCentre(waiting, CONCURRENCY, async (body, of) => {
    const metadata = { messageId: 'm', sentAt: of.time.now, instances: ['i-1'] };
    for (const next of parseRuleMessage(body, metadata)) await part(next as typeof message, of);
  });
  const first = part(message, centre);
  await centre.time.run();
  await first;
  return [
    { name: 'contacts that were not reached', value: centre.starved, atMost: 0, unit: '' },
    { name: 'messages for a contact', value: centre.turns / waiting, atMost: 1, unit: '' },
    {
      name: 'all reached after',
      value: minutesFrom(centre.allHadTurnAt),
      atMost: atMostMinutes,
      unit: 'min',
    },
    {
      name: 'longest invocation',
      value: longestPartMs / 1_000,
      atMost: TIMEOUT_MS.ruleMessages / 1_000 - 10,
      unit: 's',
    },
    { name: 'parts', value: parts, atMost: 1 + Math.ceil(waiting / 1_000), unit: '' },
  ];
}

function minutesFrom(at: number): number {
  return (at - T0) / MINUTE_MS;
}

/** Sweeps once a minute. @returns the longest sweep, in milliseconds. */
async function sweepFor(centre: LargeCentre, minutes: number): Promise<number> {
  const { time } = centre;
  let longestMs = 0;
  for (let minute = 0; minute < minutes; minute++) {
    const startedAt = time.now;
    const sweeping = sweep(centre.sweepPorts).then(() => {
      longestMs = Math.max(longestMs, time.now - startedAt);
    });
    await time.run(startedAt + SWEEP_INTERVAL_SECONDS * 1_000);
    await sweeping;
  }
  return longestMs;
}
