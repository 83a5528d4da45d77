import { defined } from '../../lambda/domain/json.ts';
import { DEFAULT_SETTINGS, settingsFromSource } from '../../lambda/domain/settings.ts';
import {
  inTextOrder,
  type LocatedProblem,
  readDocument,
  withReadings,
} from '../../lambda/domain/validation/document.ts';
import { createProblem, type Problem } from '../../lambda/domain/validation/problem.ts';
import { zodProblems } from '../../lambda/domain/validation/zod-problems.ts';
import { type AgentGroup, type ListedArrival, meanMsOf } from '../workload/index.ts';
import { toAct } from './acts.ts';
import { parseArrivals } from './arrivals-file.ts';
import { scenarioProblems } from './checks/problems.ts';
import { durationMs } from './durations.ts';
import type { FittedSpan, Scenario } from './scenario.ts';
import { type AgentsSource, type ScenarioSource, scenarioSchema, WEEKDAYS } from './schema.ts';
import { toDuration, toStream } from './streams.ts';
import { breakWithin, parseStart, parseTimeRange } from './times.ts';
import { scenarioWarnings } from './warnings/warnings.ts';

/** A valid scenario with its warnings, or all problems; in the order of the text. */
export type ParsedScenario =
  | {
      readonly scenario: Scenario;
      readonly problems: readonly [];
      readonly warnings: readonly LocatedProblem[];
    }
  | {
      readonly scenario?: undefined;
      readonly problems: readonly LocatedProblem[];
      readonly warnings: readonly [];
    };

/**
 * Parses and checks a scenario in JSON or YAML. Never throws; reports all problems at once.
 *
 * @param readFile - returns the text of a file that the scenario names; an error that it throws becomes a
 * problem.
 * @param hours - replaces the hours of the scenario.
 */
export function parseScenario(
  text: string,
  readFile: (name: string) => string,
  hours?: number,
): ParsedScenario {
  const document = readDocument(text);
  if (document.problems.length > 0) return withProblems(document.problems);
  const sourceProblems = [
    ...zodProblems(scenarioSchema, document.value),
    ...scenarioProblems(document.value),
  ];
  if (sourceProblems.length + document.readings.length > 0) {
    return withProblems(withReadings(sourceProblems.map(document.locate), document.readings));
  }
  const source = document.value as ScenarioSource;
  const { listed, problems } = readArrivalsFiles(source, readFile);
  if (problems.length > 0) return withProblems(problems.map(document.locate));
  const scenario = toScenario(hours === undefined ? source : { ...source, hours }, listed);
  const warnings = inTextOrder(scenarioWarnings(scenario, source).map(document.locate));
  return { scenario, problems: [], warnings };
}

function withProblems(problems: readonly LocatedProblem[]): ParsedScenario {
  return { problems: inTextOrder(problems), warnings: [] };
}

/** The arrivals of the streams with a file, by the index of the stream. */
function readArrivalsFiles(source: ScenarioSource, readFile: (name: string) => string) {
  const listed = new Map<number, ListedArrival[]>();
  const problems: Problem[] = [];
  for (const [index, { arrivals }] of source.streams.entries()) {
    if (arrivals?.file === undefined) continue;
    try {
      listed.set(index, parseArrivals(readFile(arrivals.file)));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const allowed = `a readable file of arrivals (${reason})`;
      problems.push(
        createProblem('arrivals-file', ['streams', index, 'arrivals', 'file'], arrivals.file, allowed),
      );
    }
  }
  return { listed, problems };
}

function toScenario(source: ScenarioSource, listed: ReadonlyMap<number, ListedArrival[]>): Scenario {
  const { name, description, hours, settings, queues, agents, streams } = source;
  const { startsAt = 0, dayBeganAt = 0, weekday = 0 } = parseStart(source.start) ?? {};
  return {
    name,
    ...defined({ description }),
    startsAt,
    startsAtLocal: source.start,
    dayBeganAt,
    weekday,
    hours,
    dayVariation: source.dayVariation ?? 0,
    serviceLevelSeconds: durationMs(source.serviceLevel) / 1_000,
    afterContactWorkMs: meanMsOf(toDuration(source.afterContactWork ?? '10s')),
    settings: settingsFromSource(settings ?? {}).settings ?? DEFAULT_SETTINGS,
    queues: queues.map((id) => ({ id })),
    agents: agents.map(toAgentGroup),
    streams: streams.map((stream, index) => toStream(stream, source, listed.get(index), weekday)),
    ...defined({ acts: source.acts?.map(toAct), fitted: source.fitted && toFittedSpan(source.fitted) }),
    tiers: [...new Set(streams.map(({ tier }) => tier))],
  };
}

function toFittedSpan({ from, to, timezone }: NonNullable<ScenarioSource['fitted']>): FittedSpan {
  return { from: parseStart(from)?.startsAt ?? 0, to: parseStart(to)?.startsAt ?? 0, timezone };
}

function toAgentGroup({
  name,
  count,
  ids,
  queues,
  channels,
  concurrency,
  days,
  hours,
  breaks,
  proficiencies,
}: AgentsSource): AgentGroup {
  const breakTimes = (breaks ?? []).flatMap((text) => parseTimeRange(text) ?? []);
  const workingHours = hours
    ?.flatMap((text) => parseTimeRange(text) ?? [])
    .sort((a, b) => a.fromMs - b.fromMs)
    .map((work) => ({
      ...work,
      breaks: breakTimes
        .flatMap((breakTime) => breakWithin(breakTime, work) ?? [])
        .sort((a, b) => a.fromMs - b.fromMs),
    }));
  return {
    name,
    count,
    queues: queues.map(({ queue, priority = 1, delay }) => ({
      queueId: queue,
      priority,
      ...defined({ delaySeconds: delay === undefined ? undefined : durationMs(delay) / 1_000 }),
    })),
    channels: channels ?? ['VOICE'],
    ...defined({
      concurrency: concurrency === undefined ? undefined : toConcurrency(concurrency),
      ids,
      proficiencies,
      hours: workingHours,
      days: days?.map((day) => WEEKDAYS.indexOf(day)),
    }),
  };
}

function toConcurrency(
  source: NonNullable<AgentsSource['concurrency']>,
): NonNullable<AgentGroup['concurrency']> {
  if (typeof source === 'number') return source;
  return Object.fromEntries(
    Object.entries(source).flatMap(([channel, limit]) =>
      limit
        ? [[channel, { contacts: limit.contacts, otherChannels: limit.otherChannels ?? false }] as const]
        : [],
    ),
  );
}
