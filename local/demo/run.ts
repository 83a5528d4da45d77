import { monitorEventLoopDelay } from 'node:perf_hooks';
import { sleep } from '../../cli/sleep.ts';
import type { Arrival } from '../../sim/centre/index.ts';
import type { LocalCentre } from '../centre/local-centre.ts';
import type { Playback } from '../playback/playback.ts';
import { advanceClock, ranMs } from '../time/clock.ts';
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
  /** Is started and finished, and has the speed. */
  readonly playback: Pick<Playback, 'start' | 'finish' | 'state'>;
  /** Ends the demo before its time. Default: nothing does. */
  readonly signal?: AbortSignal | undefined;
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
  /** The real duration in milliseconds, without pauses. */
  readonly realDurationMs: number;
  /** How late each planned arrival started, in real milliseconds. */
  readonly startDelaysMs: readonly number[];
  /** The longest delay of this process's event loop, in real milliseconds. A slow machine makes it long. */
  readonly maxEventLoopDelayMs: number;
  /** Whether the system had done all its work within {@link IDLE_LIMIT_MS} after the end. */
  readonly isIdle: boolean;
}

/**
 * How long before the scenario the clock starts, in milliseconds: what the demo does first must be done before its first
 * contact.
 */
export const LEAD_MS = 3_600_000;

/** How long the demo waits for the system after its last minute, in real time: a starved machine may never catch up. */
export const IDLE_LIMIT_MS = 60_000;

/**
 * Simulates the busy contact centre, and then waits until the system is idle, for {@link IDLE_LIMIT_MS} at most. The
 * centre is as the scenario leaves it at the start of the window: the first contacts that the system knows are those
 * that wait then. The clock must show an earlier time.
 *
 * @throws the reason of the signal, when it is aborted.
 */
export async function runDemo(
  local: LocalCentre,
  observer: DemoObserver,
  { setup, arrivals, prefix, playback, signal, onProgress, progressIntervalMs }: DemoOptions,
): Promise<DemoResult> {
  const { centre, system } = local;
  const { window } = setup;
  const { startsAt, endsAt } = window;
  const configuration = new ConfigurationLog(setup.policies.sources, startsAt);
  const followed = followConfiguration(system, prefix, configuration);
  const eventLoopDelay = monitorEventLoopDelay({ resolution: 10 });
  eventLoopDelay.enable();
  const ranAtStart = ranMs();
  const startDelaysMs: number[] = [];
  arrivals.start(local, (dueAt) => startDelaysMs.push((Date.now() - dueAt) / playback.state.speed));
  advanceClock(startsAt - Date.now());
  local.runAhead(startsAt);
  playback.start();

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
  try {
    await sleep(endsAt - Date.now(), signal);
    signal?.throwIfAborted();
    centre.advance(endsAt);
    clearInterval(progress);
    playback.finish();
    reportProgress();
    await arrivals.sent();
    const isIdle = await system.idle(IDLE_LIMIT_MS);
    await followed();
    return {
      setup,
      window,
      arrivals: arrivals.arrivals,
      angryAt: arrivals.angryAt,
      configuration,
      realDurationMs: ranMs() - ranAtStart,
      startDelaysMs,
      maxEventLoopDelayMs: eventLoopDelay.max / 1e6,
      isIdle,
    };
  } finally {
    clearInterval(progress);
    eventLoopDelay.disable();
  }
}
