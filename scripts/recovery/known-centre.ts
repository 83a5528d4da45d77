import { type Calibration, calibrate, type FittedStream } from '../../sim/calibration/calibration.ts';
import { type Collected, Collector } from '../../sim/calibration/collector.ts';
import type { Fitted } from '../../sim/calibration/parameter.ts';
import { weekdayOf } from '../../sim/calibration/week.ts';
import { type RecordingFaults, recordScenario } from '../../sim/replay/record-scenario.ts';
import { parseEntry } from '../../sim/replay/recording-entry.ts';
import { parseScenario, type Scenario } from '../../sim/scenario/index.ts';

export const TIMEZONE = 'Europe/Berlin';

/** What EventBridge, or who records, does to the events. */
export const FAULTS: RecordingFaults = { lost: 0.001, twice: 0.02, disorderMs: 20_000 };

/** First customers of the gold stream by weekday, Monday first. */
export const GOLD_PER_DAY = [400, 400, 400, 400, 400, 80, 0];

/**
 * A centre in which all is known.
 *
 * @param days - from a Monday on.
 * @param dayVariation - of whole days, beyond that of a Poisson process.
 */
export function knownCentre(days: number, dayVariation: number): Scenario {
  const { scenario, problems } = parseScenario(
    `
name: Known
start: 2026-11-23T00:00:00+01:00
hours: ${days * 24}
serviceLevel: 60s
dayVariation: ${dayVariation}
afterContactWork: 20s
queues: [support, billing]
agents:
  - { name: both, count: 9, queues: [{ queue: support }, { queue: billing }], days: [mon, tue, wed, thu, fri], hours: ["08:00-18:00"] }
  - { name: noon, count: 5, queues: [{ queue: support }], days: [mon, tue, wed, thu, fri], hours: ["10:00-14:00"] }
  - { name: saturday, count: 4, queues: [{ queue: support }, { queue: billing }], days: [sat], hours: ["09:00-13:00"] }
streams:
  - tier: gold
    queue: support
    tags: { tier: gold }
    arrivals: { perHour: { "08:00": 40, "18:00": 0 }, days: { sat: { "09:00": 20, "13:00": 0 }, sun: 0 } }
    handling: { mean: 4m, variation: 0.7 }
    patience: { mean: 8m, shape: 1.2, hangUps: 0.04 }
    redial: { probability: 0.4, after: 10m }
  - tier: silver
    queue: support
    tags: { tier: silver }
    arrivals: { perHour: { "08:00": 90, "18:00": 0 }, days: { sat: 0, sun: 0 } }
    handling: { mean: 3m, variation: 0.5 }
    patience: { mean: 5m, shape: 1.5 }
    transfer: { probability: 0.15, queue: billing, handling: { mean: 6m, variation: 0.6 } }
`,
    () => '',
  );
  if (!scenario) throw new TypeError(JSON.stringify(problems));
  return scenario;
}

export interface Recovered {
  readonly collected: Collected;
  readonly calibration: Calibration;
}

/** Records a run of a scenario, with faults, and calibrates from the recording. */
export function recover(scenario: Scenario, run: number, faults: RecordingFaults): Recovered {
  const collector = new Collector({ timezone: TIMEZONE, tierTags: ['tier'], testContacts: false });
  recordScenario(scenario, { seed: 1, run }, faults, (event) => {
    const entry = parseEntry({ value: event });
    if (entry.kind === 'recorded') collector.add(entry.recorded);
  });
  const collected = collector.end();
  return { collected, calibration: calibrate(TIMEZONE, collected) };
}

/** A parameter of the known centre. */
export interface Parameter {
  readonly name: string;
  readonly truth: number;
  /** Undefined where it was not fitted. */
  readonly fitted: (calibration: Calibration) => Fitted | undefined;
}

function ofStream(
  tier: string,
  name: string,
  truth: number,
  fitted: (stream: FittedStream) => Fitted | undefined,
): Parameter {
  return {
    name: `${tier}: ${name}`,
    truth,
    fitted: ({ streams }) => {
      const stream = streams.find((one) => one.tier[0] === tier && one.queueId === 'support');
      return stream && fitted(stream);
    },
  };
}

/** The parameters of {@link knownCentre} that have an interval. Durations are seconds. */
export const PARAMETERS: readonly Parameter[] = [
  ofStream('gold', 'mean patience', 480, ({ patience }) => patience.fit?.meanSeconds),
  ofStream('gold', 'shape of patience', 1.2, ({ patience }) => patience.fit?.shape),
  ofStream('gold', 'hang-ups', 0.04, ({ patience }) => patience.hangUps),
  ofStream('silver', 'mean patience', 300, ({ patience }) => patience.fit?.meanSeconds),
  ofStream('silver', 'shape of patience', 1.5, ({ patience }) => patience.fit?.shape),
  ofStream('gold', 'mean handling', 240, ({ handling }) => handling.fit?.meanSeconds),
  ofStream('gold', 'variation of handling', 0.7, ({ handling }) => handling.fit?.variation),
  ofStream('silver', 'mean handling', 180, ({ handling }) => handling.fit?.meanSeconds),
  ofStream('silver', 'variation of handling', 0.5, ({ handling }) => handling.fit?.variation),
  ofStream('silver', 'share transferred', 0.15, ({ transfers }) => transfers[0]?.probability),
  ofStream('silver', 'mean handling after', 360, ({ transfers }) => transfers[0]?.handling.fit?.meanSeconds),
  ofStream('gold', 'share that calls again', 0.4, ({ redial }) => redial?.probability),
  ofStream('gold', 'mean delay before', 600, ({ redial }) => redial?.delay),
];

/** The mean first customers of gold on the days that a recording has whole. */
export function goldPerDay(wholeDays: readonly number[]): number {
  return wholeDays.reduce((sum, day) => sum + (GOLD_PER_DAY[weekdayOf(day)] ?? 0), 0) / wholeDays.length;
}
