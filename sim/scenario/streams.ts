import { defined } from '../../lambda/domain/json.ts';
import { routingFromSet } from '../../lambda/domain/policy/routing-set.ts';
import type { Distribution, ListedArrival, RateCurve, Transfer } from '../workload/index.ts';
import { durationMs } from './durations.ts';
import type { ScenarioStream } from './scenario.ts';
import {
  type ArrivalsSource,
  type HandlingSource,
  type ScenarioSource,
  type StreamSource,
  type TransferSource,
  WEEKDAYS,
} from './schema.ts';
import { parseTimeOfDay } from './times.ts';

/** A typical coefficient of variation of handling times in service centres. */
const DEFAULT_VARIATION = 0.8;

const DAY_MS = 86_400_000;

/**
 * Converts a valid stream.
 *
 * @param shared - the defaults of the streams.
 * @param listed - the arrivals of its file, if it has one.
 * @param weekday - that of the day on which the scenario starts, 0 is Monday.
 */
export function toStream(
  source: StreamSource,
  shared: Pick<ScenarioSource, 'arrivals' | 'ringing' | 'afterContactWork'>,
  listed: readonly ListedArrival[] | undefined,
  weekday: number,
): ScenarioStream {
  const { tier, name = tier, queue, channel = 'VOICE', tags, attributes, share, arrivals } = source;
  const { routing, handling, patience, transfer, redial } = source;
  const { ringing = shared.ringing, afterContactWork = shared.afterContactWork } = source;
  return {
    tier,
    name,
    arrivals:
      listed ??
      (arrivals
        ? toRateCurve(arrivals, 1, weekday)
        : toRateCurve(shared.arrivals ?? {}, share ?? 0, weekday)),
    contact: {
      queueId: queue,
      channel,
      initiationMethod: channel === 'VOICE' ? 'INBOUND' : 'API',
      ...defined({ tags, attributes, routing: routing && routingFromSet(routing) }),
    },
    handling: toDistribution(handling),
    ...defined({
      ringing: ringing === undefined ? undefined : toDuration(ringing),
      afterContactWork: afterContactWork === undefined ? undefined : toDuration(afterContactWork),
    }),
    patience: patience
      ? {
          kind: 'weibull',
          meanMs: durationMs(patience.mean),
          shape: patience.shape ?? 1,
          ...defined({ hangUps: patience.hangUps }),
        }
      : { kind: 'never' },
    ...defined({
      transfers: transfer && (Array.isArray(transfer) ? transfer : [transfer]).map(toTransfer),
      redial: redial && {
        probability: redial.probability,
        delay: { kind: 'exponential' as const, meanMs: durationMs(redial.after) },
      },
    }),
  };
}

function toTransfer({ probability, queue, by = 'agent', handling, routing }: TransferSource): Transfer {
  return {
    probability,
    queueId: queue,
    by,
    ...defined({
      handling: handling && toDistribution(handling),
      routing: routing && routingFromSet(routing),
    }),
  };
}

/** Without days of their own, all days are alike; else the curve repeats weekly, from the first day of the scenario on. */
function toRateCurve(
  { perHour = 0, days, shape = 'step' }: ArrivalsSource,
  share: number,
  weekday: number,
): RateCurve {
  if (!days) return { shape, points: dayPoints(perHour, share) };
  const points = WEEKDAYS.flatMap((_, day) => {
    const rates = days[WEEKDAYS[(weekday + day) % 7] ?? 'mon'] ?? perHour;
    // Each day has its own rates from midnight on: those that repeat daily begin with the last one of the day before.
    const ofDay = dayPoints(rates, share);
    const first = ofDay[0];
    const last = ofDay.at(-1);
    const fromMidnight =
      first && last && first.atMs > 0 ? [{ atMs: 0, perHour: last.perHour }, ...ofDay] : ofDay;
    return fromMidnight.map((point) => ({ ...point, atMs: day * DAY_MS + point.atMs }));
  });
  return { shape, points, periodMs: 7 * DAY_MS };
}

function dayPoints(perHour: NonNullable<ArrivalsSource['perHour']>, share: number) {
  if (typeof perHour === 'number') return [{ atMs: 0, perHour: perHour * share }];
  return Object.entries(perHour)
    .map(([time, rate]) => ({ atMs: parseTimeOfDay(time) ?? 0, perHour: rate * share }))
    .sort((a, b) => a.atMs - b.atMs);
}

/** Converts a duration that may be the same for all contacts. */
export function toDuration(source: string | HandlingSource): Distribution {
  return typeof source === 'string' ? { kind: 'constant', ms: durationMs(source) } : toDistribution(source);
}

function toDistribution(source: HandlingSource): Distribution {
  const { mean, distribution, variation, median, sigma, values } = source;
  if (distribution === 'exponential') return { kind: 'exponential', meanMs: durationMs(mean ?? '0s') };
  if (values) return { kind: 'values', values: values.map(durationMs) };
  return median === undefined
    ? {
        kind: 'log-normal',
        meanMs: durationMs(mean ?? '0s'),
        variation: variation ?? DEFAULT_VARIATION,
      }
    : { kind: 'log-normal', medianMs: durationMs(median), sigma: sigma ?? 0 };
}
