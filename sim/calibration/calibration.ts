import { HANG_UP_MS } from '../workload/distribution.ts';
import { type ArrivalRates, arrivalRates, variationOfDays } from './arrival-rates.ts';
import type { Collected } from './collector.ts';
import { coverageOf } from './coverage.ts';
import { kaplanMeier, type SurvivalPoint, thinned } from './kaplan-meier.ts';
import { fitLogNormal, type LogNormalFit } from './log-normal-fit.ts';
import { type Fitted, fittedShare, logNormalInterval } from './parameter.ts';
import { type Profile, profilesOf } from './staff.ts';
import type { StreamKey, StreamSample } from './stream-sample.ts';
import { findTwoPeaks, type TwoPeaks } from './two-peaks.ts';
import { typicalValues } from './typical-values.ts';
import type { EndedWait } from './waits.ts';
import { fitWeibull, type WeibullFit } from './weibull-fit.ts';

/** What was fitted to a recording. Durations are seconds. */
export interface Calibration {
  /** Those with contacts enough for a fit, the most frequent first. */
  readonly streams: readonly FittedStream[];
  /** The others: how many, and their contacts in all. */
  readonly leftOut: { readonly streams: number; readonly contacts: number };
  readonly profiles: readonly Profile[];
  readonly dayVariation: Fitted | undefined;
  /** The mean, and how many contacts or gaps show it. */
  readonly afterContactWork:
    | {
        readonly mean: Fitted;
        /** The standard deviation divided by the mean. */
        readonly variation: number;
        readonly count: number;
        readonly isFromEvents: boolean;
      }
    | undefined;
}

export interface FittedStream extends StreamKey {
  readonly contacts: number;
  readonly answered: number;
  readonly arrivals: ArrivalRates;
  readonly handling: Handling;
  readonly patience: Patience;
  readonly redial: { readonly probability: Fitted; readonly delay: Fitted } | undefined;
  readonly transfers: readonly {
    readonly queueId: string;
    readonly probability: Fitted;
    readonly handling: Handling;
  }[];
}

/** Handling times: a log-normal distribution, or values where that is far from them. */
export interface Handling {
  readonly count: number;
  readonly mean: number;
  readonly fit: LogNormalFit | undefined;
  readonly peaks: TwoPeaks | undefined;
  /** At most a hundred values that stand for all, in order, for a picture. */
  readonly typical: readonly number[];
  /** Present where the scenario should have them instead of the fit. */
  readonly values: readonly number[] | undefined;
}

export interface Patience {
  readonly fit: WeibullFit | undefined;
  /** The share of customers who hang up within five seconds, beyond what the fit expects. */
  readonly hangUps: Fitted;
  readonly abandoned: number;
  /** What the waits of those who abandoned would say alone: far too short a patience. */
  readonly meanOfAbandoned: number | undefined;
  /** The share who would still wait, for a picture. */
  readonly survival: readonly SurvivalPoint[];
}

/** A log-normal distribution at most so far from the values describes them. */
const CLOSE_ENOUGH = 0.05;

/** So many values stand for all of them in a scenario. */
const MOST_VALUES = 100;

const MOST_POINTS = 200;

/** Fewer calls say nothing of a habit. */
const MIN_COUNT = 10;

/** Streams with fewer contacts are left out. */
export const LEAST_CONTACTS = 10;

function hasEnough({ contacts }: StreamSample): boolean {
  return contacts >= LEAST_CONTACTS;
}

/** Fits every part of a scenario to a recording. */
export function calibrate(timezone: string, collected: Collected): Calibration {
  const coverage = coverageOf(timezone, collected.startsAt, collected.endsAt);
  const fitted = collected.streams.filter(hasEnough);
  const others = collected.streams.filter((stream) => !hasEnough(stream));
  return {
    streams: fitted.map((stream) => ({
      tier: stream.tier,
      queueId: stream.queueId,
      channel: stream.channel,
      contacts: stream.contacts,
      answered: stream.answered,
      arrivals: arrivalRates(stream, coverage),
      handling: fitHandling(stream.handling.values),
      patience: fitPatience(stream.waits.values),
      redial: collected.knowsCustomers ? fitRedial(stream) : undefined,
      transfers: [...stream.transfers].map(([queueId, { count, handling }]) => ({
        queueId,
        probability: fittedShare(count, Math.max(count, stream.answered)),
        handling: fitHandling(handling.values),
      })),
    })),
    leftOut: { streams: others.length, contacts: others.reduce((sum, { contacts }) => sum + contacts, 0) },
    profiles: profilesOf(collected.agents, coverage),
    dayVariation: variationOfDays(collected.streams, coverage),
    afterContactWork: fitAfterContactWork(collected),
  };
}

function fitHandling(seconds: readonly number[]): Handling {
  const sorted = seconds.toSorted((a, b) => a - b);
  const count = sorted.length;
  const fit = fitLogNormal(sorted);
  const peaks = findTwoPeaks(sorted);
  const typical = count > 0 ? typicalValues(sorted, MOST_VALUES) : [];
  const isFar = !fit || peaks !== undefined || fit.distance > CLOSE_ENOUGH + 1 / Math.sqrt(count);
  return {
    count,
    mean: count === 0 ? 0 : sorted.reduce((sum, value) => sum + value, 0) / count,
    fit,
    peaks,
    typical,
    values: isFar && count > 0 ? typical : undefined,
  };
}

function fitPatience(waits: readonly EndedWait[]): Patience {
  const hangUpSeconds = HANG_UP_MS / 1_000;
  const survival = kaplanMeier(waits);
  const fit = fitWeibull(waits, hangUpSeconds);
  const abandoned = waits.filter(({ isAbandoned }) => isAbandoned);
  const stay = survival.findLast(({ seconds }) => seconds <= hangUpSeconds) ?? { share: 1, low: 1, high: 1 };
  const expected = fit ? 1 - Math.exp(-((hangUpSeconds / fit.scaleSeconds) ** fit.shape.value)) : 0;
  const beyond = (staying: number) => Math.max(0, 1 - staying - expected);
  return {
    fit,
    hangUps: { value: beyond(stay.share), low: beyond(stay.high), high: beyond(stay.low) },
    abandoned: abandoned.length,
    meanOfAbandoned:
      abandoned.length === 0
        ? undefined
        : abandoned.reduce((sum, { seconds }) => sum + seconds, 0) / abandoned.length,
    survival: thinned(survival, MOST_POINTS),
  };
}

function fitRedial({ abandoned, redialSeconds }: StreamSample): FittedStream['redial'] {
  const { seen, values } = redialSeconds;
  if (abandoned < MIN_COUNT || seen === 0) return undefined;
  const mean = values.reduce((sum, seconds) => sum + seconds, 0) / values.length;
  return {
    probability: fittedShare(Math.min(seen, abandoned), abandoned),
    delay: logNormalInterval(mean, 1 / Math.sqrt(values.length)),
  };
}

function fitAfterContactWork({ afterContactWork }: Collected): Calibration['afterContactWork'] {
  const { seconds, isFromEvents } = afterContactWork;
  const count = seconds.length;
  if (count < MIN_COUNT) return undefined;
  const mean = seconds.reduce((sum, value) => sum + value, 0) / count;
  const variance = seconds.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  const half = 2 * Math.sqrt(variance / count);
  return {
    mean: { value: mean, low: Math.max(0, mean - half), high: mean + half },
    variation: mean > 0 ? Math.sqrt(variance) / mean : 0,
    count,
    isFromEvents,
  };
}
