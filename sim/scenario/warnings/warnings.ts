import type { Path, Problem } from '../../../lambda/domain/validation/problem.ts';
import { actMoments } from '../acts.ts';
import { arrivalsEndAt, type Scenario } from '../scenario.ts';
import type { ScenarioSource } from '../schema.ts';
import { areWhole, groupsServing, shiftGaps } from './shift-gaps.ts';
import { unstaffedTimeWarnings } from './unstaffed-times.ts';

/** The tolerance for the sum of shares, which are written with a few decimals. */
const ROUNDING = 1e-6;

/** Warnings of a valid scenario: what it says is possible, but probably not what was meant. */
export function scenarioWarnings(scenario: Scenario, source: ScenarioSource): Problem[] {
  return [
    ...unservedWarnings(scenario, source),
    ...unstaffedTimeWarnings(scenario),
    ...outsideWarnings(scenario, source),
    ...shareWarnings(source),
    ...unseenRoutingWarnings(scenario),
    ...actWarnings(scenario, source),
  ];
}

/** Queues and channels without agents, each reported once. */
function unservedWarnings(scenario: Scenario, source: ScenarioSource): Problem[] {
  const reported = new Set<string>();
  return scenario.streams.flatMap(({ contact, transfers = [] }, index) => {
    const waits: readonly (readonly [queue: string, path: Path])[] = [
      [contact.queueId, ['streams', index, 'queue']],
      ...transfers.map(({ queueId }, at): readonly [queue: string, path: Path] => [
        queueId,
        ['streams', index, 'transfer', ...(isList(source, index) ? [at] : []), 'queue'],
      ]),
    ];
    return waits.flatMap(([queue, path]): Problem[] => {
      const message = unservedReason(scenario, queue, contact.channel);
      if (message === undefined || reported.has(message)) return [];
      reported.add(message);
      return [{ code: 'no-agents', path, message, found: queue }];
    });
  });
}

function isList({ streams }: ScenarioSource, index: number): boolean {
  return Array.isArray(streams[index]?.transfer);
}

function unservedReason(scenario: Scenario, queue: string, channel: string): string | undefined {
  const groups = groupsServing(scenario, queue, channel);
  const contacts = `${channel} contacts in the queue ${JSON.stringify(queue)}`;
  if (groups.length === 0)
    return `No agent serves ${contacts}, so they are never answered. Add the queue and the channel to a group of agents.`;
  if (!areWhole(shiftGaps(groups, scenario), scenario)) return undefined;
  const names = groups.map(({ name }) => name).join(', ');
  return `No agent is on shift for ${contacts} within the hours of the scenario, so they are never answered. Change the hours of ${names}, or those of the scenario.`;
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
      message: `The shares of the streams sum to ${found} instead of 1, so ${meaning} contacts arrive than the scenario specifies.`,
      found,
    },
  ];
}

/** Without a look at a contact, the system takes it to have Connect's defaults. */
function unseenRoutingWarnings({ settings, streams }: Scenario): Problem[] {
  const index = streams.findIndex(
    ({ contact, transfers = [] }) => contact.routing ?? transfers.find(({ routing }) => routing),
  );
  if (index === -1 || settings.checkBeforeFirstChange) return [];
  return [
    {
      code: 'unseen-routing',
      path: ['settings', 'checkBeforeFirstChange'],
      message: `Flows set the routing of ${streams[index]?.name}, but with checkBeforeFirstChange: false the system takes every contact to have priority 5: policies may make contacts less urgent. Leave the setting out.`,
      found: false,
    },
  ];
}

function actWarnings(scenario: Scenario, source: ScenarioSource): Problem[] {
  const { acts = [], startsAt, dayBeganAt } = scenario;
  const endsAt = arrivalsEndAt(scenario);
  return acts.flatMap(({ time }, index): Problem[] => {
    if ('afterMs' in time || actMoments(time, dayBeganAt, startsAt, endsAt).length > 0) return [];
    const at = source.acts?.[index]?.at;
    return [
      {
        code: 'act-never',
        path: ['acts', index, 'at'],
        message: `The scenario does not run at ${at}, so this is never done. Change the time, or the hours of the scenario.`,
        found: at,
      },
    ];
  });
}

/** Listed arrivals before the start and after the end do not arrive. */
function outsideWarnings(scenario: Scenario, source: ScenarioSource): Problem[] {
  const { streams, startsAt, startsAtLocal, hours } = scenario;
  const endsAt = arrivalsEndAt(scenario);
  return streams.flatMap(({ arrivals }, index): Problem[] => {
    if ('points' in arrivals) return [];
    const all = [...arrivals];
    const outside = all.filter(({ at }) => at < startsAt || at >= endsAt).length;
    if (outside === 0) return [];
    const file = source.streams[index]?.arrivals?.file;
    return [
      {
        code: 'arrivals-outside',
        path: ['streams', index, 'arrivals', 'file'],
        message: `${outside === all.length ? `All ${all.length}` : `${outside} of ${all.length}`} arrivals of ${file} are outside the ${hours} hours from ${startsAtLocal} on, so they are left out. Change start and hours.`,
        found: file,
      },
    ];
  });
}
