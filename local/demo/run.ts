import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Arrival } from '../../sim/centre/index.ts';
import type { LocalCentre } from '../centre/local-centre.ts';
import { advanceClock, setClockFactor } from '../time/clock.ts';
import type { DemoArrivals } from './arrivals.ts';
import { QUIET_QUEUE } from './centre-config.ts';
import { ConfigurationLog, followConfiguration } from './configuration-log.ts';
import type { DemoSetup } from './demo-setup.ts';
import type { DemoObserver } from './observer.ts';
import type { TimeWindow } from './visits.ts';

export interface DemoOptions {
  readonly setup: DemoSetup;
  readonly arrivals: DemoArrivals;
  /** Below which the parameters are. */
  readonly prefix: string;
  /** Simulated time over real time. */
  readonly factor: number;
  readonly onProgress: (progress: DemoProgress) => void;
  /** Simulated milliseconds between two calls of `onProgress`. */
  readonly progressIntervalMs: number;
}

/** The progress of the demo. */
export interface DemoProgress {
  readonly elapsedMs: number;
  readonly durationMs: number;
  readonly arrived: number;
  readonly waiting: number;
  readonly busyAgents: number;
  readonly calls: number;
  readonly throttled: number;
}

/** The ground truth of the demo, and how the machine performed. */
export interface DemoResult {
  readonly setup: DemoSetup;
  /** When the demo started and ended. */
  readonly window: TimeWindow;
  /** The contacts that arrived until the end, by contact id. */
  readonly arrivals: ReadonlyMap<string, Arrival>;
  /** When the signal `angry-customer` was sent, by contact id, in simulated milliseconds since the epoch. */
  readonly angryAt: ReadonlyMap<string, number>;
  /** What was in force, and when calls were paused. */
  readonly configuration: Pick<ConfigurationLog, 'versions' | 'pauses'>;
  /** The real duration in milliseconds. */
  readonly realDurationMs: number;
  /** How late each planned arrival started, in real milliseconds. */
  readonly startDelaysMs: readonly number[];
  /** The longest delay of this process's event loop, in real milliseconds. A slow machine makes it long. */
  readonly maxEventLoopDelayMs: number;
}

/**
 * How long before the scenario the clock starts, in milliseconds: what the demo does first must be done before its first
 * contact.
 */
export const LEAD_MS = 3_600_000;

/**
 * Simulates the busy contact centre, and then waits until the system is idle. The centre is as the scenario leaves it at
 * the start of the window: the first contacts that the system knows are those that wait then.
 */
export async function runDemo(
  local: LocalCentre,
  observer: DemoObserver,
  { setup, arrivals, prefix, factor, onProgress, progressIntervalMs }: DemoOptions,
): Promise<DemoResult> {
  const { centre, system } = local;
  const { window } = setup;
  const { startsAt, endsAt } = window;
  const configuration = new ConfigurationLog(setup.policies.sources, startsAt);
  const followed = followConfiguration(system, prefix, configuration);
  const eventLoopDelay = monitorEventLoopDelay({ resolution: 10 });
  eventLoopDelay.enable();
  const realStartedAt = performance.now();
  const startDelaysMs: number[] = [];
  arrivals.start(local, (dueAt) => startDelaysMs.push((Date.now() - dueAt) / factor));
  advanceClock(startsAt - Date.now());
  local.runAhead(startsAt);
  setClockFactor(factor);

  const reportProgress = () => {
    const { queues, agents } = centre.overview(Date.now());
    onProgress({
      elapsedMs: Math.min(endsAt, Date.now()) - startsAt,
      durationMs: endsAt - startsAt,
      arrived: startDelaysMs.length,
      waiting: queues
        .filter(({ id }) => id !== QUIET_QUEUE)
        .reduce((sum, { contactIds }) => sum + contactIds.length, 0),
      busyAgents: agents.filter(({ contactIds }) => contactIds.length > 0).length,
      calls: observer.calls.length,
      throttled: observer.calls.filter(({ throttled }) => throttled).length,
    });
  };
  const progress = setInterval(reportProgress, progressIntervalMs);
  await new Promise<void>((resolve) => setTimeout(resolve, endsAt - Date.now()));
  centre.advance(endsAt);
  clearInterval(progress);
  setClockFactor(1);
  reportProgress();
  await arrivals.sent();
  await system.idle();
  await followed();
  eventLoopDelay.disable();
  return {
    setup,
    window,
    arrivals: arrivals.arrivals,
    angryAt: arrivals.angryAt,
    configuration,
    realDurationMs: performance.now() - realStartedAt,
    startDelaysMs,
    maxEventLoopDelayMs: eventLoopDelay.max / 1e6,
  };
}
