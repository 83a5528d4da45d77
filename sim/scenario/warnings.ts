import type { Path, Problem } from '../../lambda/domain/validation/problem.ts';
import type { AgentGroup } from '../workload/index.ts';
import type { Scenario } from './scenario.ts';
import type { ScenarioSource } from './schema.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Shares are written with a few decimals: what they miss 1 by may be so much. */
const ROUNDING = 1e-6;

/** What is odd about a scenario that can be played: contacts whom nobody serves, and shares that are not a whole. */
export function scenarioWarnings(scenario: Scenario, source: ScenarioSource): Problem[] {
  return [...unservedWarnings(scenario), ...shareWarnings(source)];
}

/** Each queue and channel in which contacts wait for nobody, once. */
function unservedWarnings(scenario: Scenario): Problem[] {
  const told = new Set<string>();
  return scenario.streams.flatMap(({ contact, transfer }, index) => {
    const waits: readonly (readonly [queue: string, path: Path])[] = [
      [contact.queueId, ['streams', index, 'queue']],
      ...(transfer ? [[transfer.queueId, ['streams', index, 'transfer', 'queue']] as const] : []),
    ];
    return waits.flatMap(([queue, path]): Problem[] => {
      const message = whyUnserved(scenario, queue, contact.channel);
      if (message === undefined || told.has(message)) return [];
      told.add(message);
      return [{ code: 'nobody-serves', path, message, found: queue }];
    });
  });
}

function whyUnserved(scenario: Scenario, queue: string, channel: string): string | undefined {
  const groups = scenario.agents.filter(
    ({ queues, channels }) =>
      queues.some(({ queueId }) => queueId === queue) && channels.some((one) => one === channel),
  );
  const what = `${channel} contacts in the queue ${JSON.stringify(queue)}`;
  if (groups.length === 0)
    return `Nobody serves ${what}: they wait in vain. Give the queue, and the channel, to a group of agents.`;
  if (groups.some((group) => isOnShift(group, scenario))) return undefined;
  const names = groups.map(({ name }) => name).join(', ');
  return `Nobody is on shift for ${what} within the hours of the scenario: they wait in vain. Change the hours of ${names}, or those of the scenario.`;
}

/** Whether agents of the group work at some time of the scenario. */
function isOnShift({ hours }: AgentGroup, { startsAt, dayBeganAt, hours: length }: Scenario): boolean {
  if (!hours) return true;
  const from = startsAt - dayBeganAt;
  const to = from + length * HOUR_MS;
  // The stretches of the day before may pass midnight, and after a day they repeat.
  return [-DAY_MS, 0, DAY_MS].some((day) =>
    hours.some(({ fromMs, toMs }) => fromMs + day < to && toMs + day > from),
  );
}

function shareWarnings({ streams }: ScenarioSource): Problem[] {
  const sharing = streams.flatMap(({ share }, index) => (share === undefined ? [] : [{ share, index }]));
  const sum = sharing.reduce((total, { share }) => total + share, 0);
  const [first] = sharing;
  if (!first || Math.abs(sum - 1) < ROUNDING) return [];
  const found = Number(sum.toFixed(4));
  const meaning = sum < 1 ? 'fewer' : 'more';
  return [
    {
      code: 'shares',
      path: ['streams', first.index, 'share'],
      message: `The shares of the streams sum to ${found}, not to 1, so ${meaning} contacts come than the arrivals of the scenario say.`,
      found,
    },
  ];
}
