import { durationSeconds } from '../../lambda/domain/duration.ts';
import { defined } from '../../lambda/domain/json.ts';
import type { Distribution, ListedArrival, RateCurve } from '../workload/index.ts';
import type { ScenarioStream } from './scenario.ts';
import type { ArrivalsSource, HandlingSource, StreamSource } from './schema.ts';
import { parseTimeOfDay } from './times.ts';

/** A typical coefficient of variation of handling times in service centres. */
const DEFAULT_VARIATION = 0.8;

/** The milliseconds of a valid duration. */
export function durationMs(text: string): number {
  return (durationSeconds(text) ?? 0) * 1_000;
}

/**
 * Converts a valid stream.
 *
 * @param listed - the arrivals of its file, if it has one.
 */
export function toStream(
  source: StreamSource,
  shared: ArrivalsSource | undefined,
  listed: readonly ListedArrival[] | undefined,
): ScenarioStream {
  const { tier, name = tier, queue, channel = 'VOICE', tags, attributes, share, arrivals } = source;
  const { handling, patience, transfer, redial } = source;
  return {
    tier,
    name,
    arrivals: listed ?? (arrivals ? toRateCurve(arrivals, 1) : toRateCurve(shared ?? {}, share ?? 0)),
    contact: {
      queueId: queue,
      channel,
      initiationMethod: channel === 'VOICE' ? 'INBOUND' : 'API',
      ...defined({ tags, attributes }),
    },
    handling: toDistribution(handling),
    patience: patience
      ? { kind: 'weibull', meanMs: durationMs(patience.mean), shape: patience.shape ?? 1 }
      : { kind: 'never' },
    ...defined({
      transfer: transfer && {
        probability: transfer.probability,
        queueId: transfer.queue,
        ...defined({ handling: transfer.handling && toDistribution(transfer.handling) }),
      },
      redial: redial && {
        probability: redial.probability,
        delay: { kind: 'exponential' as const, meanMs: durationMs(redial.after) },
      },
    }),
  };
}

function toRateCurve({ perHour = 0, shape = 'step' }: ArrivalsSource, share: number): RateCurve {
  if (typeof perHour === 'number') return { shape, points: [{ atMs: 0, perHour: perHour * share }] };
  const points = Object.entries(perHour).map(([time, rate]) => ({
    atMs: parseTimeOfDay(time) ?? 0,
    perHour: rate * share,
  }));
  return { shape, points: points.sort((a, b) => a.atMs - b.atMs) };
}

function toDistribution({ mean, variation, median, sigma }: HandlingSource): Distribution {
  return median === undefined
    ? {
        kind: 'log-normal',
        meanMs: durationMs(mean ?? '0s'),
        variation: variation ?? DEFAULT_VARIATION,
      }
    : { kind: 'log-normal', medianMs: durationMs(median), sigma: sigma ?? 0 };
}
