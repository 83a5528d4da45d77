import { monitorEventLoopDelay } from 'node:perf_hooks';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { sleep } from '../../cli/sleep.ts';
import type { PlanContext } from '../../lambda/domain/reconcile/plan.ts';
import { DEFAULT_SETTINGS } from '../../lambda/domain/settings.ts';
import type { LocalCentre } from '../centre/local-centre.ts';
import type { Playback } from '../playback/playback.ts';
import { ranMs } from '../time/clock.ts';
import { INSTANCE, SUPPORT_QUEUE } from './centre-config.ts';
import { type DemoContact, generateContacts } from './contacts.ts';
import type { DemoObserver } from './observer.ts';

export interface DemoOptions {
  readonly seed: number;
  readonly durationMs: number;
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
  readonly contacts: readonly DemoContact[];
  /** When the demo started and ended, in simulated milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** When the signal `angry-customer` was sent, by contact id, in simulated milliseconds since the epoch. */
  readonly angryAt: ReadonlyMap<string, number>;
  /** The real duration in milliseconds, without pauses. */
  readonly realDurationMs: number;
  /** How late each planned arrival and signal started, in real milliseconds. */
  readonly startDelaysMs: readonly number[];
  /** The longest delay of this process's event loop, in real milliseconds. A slow machine makes it long. */
  readonly maxEventLoopDelayMs: number;
}

/**
 * Simulates the busy contact centre, and then waits until the system is idle.
 *
 * @throws the reason of the signal, when it is aborted.
 */
export async function runDemo(
  local: LocalCentre,
  observer: DemoObserver,
  options: DemoOptions,
): Promise<DemoResult> {
  const { centre, driver, system } = local;
  const contacts = generateContacts(options.seed, options.durationMs);
  const angryAt = new Map<string, number>();
  const sqs = new SQSClient(system.clientConfig);
  const eventLoopDelay = monitorEventLoopDelay({ resolution: 10 });
  eventLoopDelay.enable();
  const ranAtStart = ranMs();
  const { playback, signal } = options;
  const startedAt = playback.start();
  let arrived = 0;
  const startDelaysMs: number[] = [];

  const markAngry = async (contactId: string) => {
    if (!centre.isWaiting(Date.now(), contactId)) return;
    angryAt.set(contactId, Date.now());
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: system.queues.ruleMessages.url,
        MessageBody: JSON.stringify({ type: 'signal', contactId, signal: 'angry-customer' }),
      }),
    );
  };
  const schedule = contacts
    .flatMap(({ atMs, arrival, angryAtMs }) => [
      {
        atMs,
        run: async () => {
          arrived += 1;
          centre.arrive(Date.now(), arrival);
          driver.reschedule();
        },
      },
      ...(angryAtMs === undefined || angryAtMs >= options.durationMs
        ? []
        : [{ atMs: angryAtMs, run: () => markAngry(arrival.contactId) }]),
    ])
    .sort((a, b) => a.atMs - b.atMs);

  const reportProgress = () => {
    const { queues, agents } = centre.overview(Date.now());
    options.onProgress({
      elapsedMs: Math.min(options.durationMs, Date.now() - startedAt),
      durationMs: options.durationMs,
      arrived,
      waiting: queues.find(({ id }) => id === SUPPORT_QUEUE)?.contactIds.length ?? 0,
      busyAgents: agents.filter(({ contactIds }) => contactIds.length > 0).length,
      calls: observer.calls.length,
      throttled: observer.calls.filter(({ throttled }) => throttled).length,
    });
  };
  const progress = setInterval(reportProgress, options.progressIntervalMs);
  const waitUntil = (atMs: number) => wait(Math.max(0, startedAt + atMs - Date.now()), signal);
  try {
    for (const { atMs, run } of schedule) {
      await waitUntil(atMs);
      startDelaysMs.push((Date.now() - startedAt - atMs) / playback.state.speed);
      await run();
    }
    await waitUntil(options.durationMs);
    const endedAt = Date.now();
    clearInterval(progress);
    playback.finish();
    reportProgress();
    await system.idle();
    return {
      contacts,
      startedAt,
      endedAt,
      angryAt,
      realDurationMs: ranMs() - ranAtStart,
      startDelaysMs,
      maxEventLoopDelayMs: eventLoopDelay.max / 1e6,
    };
  } finally {
    clearInterval(progress);
    sqs.destroy();
    eventLoopDelay.disable();
  }
}

/**
 * Waits in simulated time.
 *
 * @throws the reason of the signal, when it is aborted.
 */
async function wait(durationMs: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(durationMs, signal);
  signal?.throwIfAborted();
}

/** The context of `plan` in the demo. */
export function demoPlanContext(policies: PlanContext['policies']): PlanContext {
  return { policies, settings: DEFAULT_SETTINGS, region: INSTANCE.region, instances: [INSTANCE.id] };
}
