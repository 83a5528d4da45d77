import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { PlanContext } from '../../lambda/domain/reconcile/plan.ts';
import { DEFAULT_SETTINGS } from '../../lambda/domain/settings.ts';
import type { LocalCentre } from '../centre/local-centre.ts';
import { setClockFactor } from '../time/clock.ts';
import { INSTANCE, SUPPORT_QUEUE } from './centre-config.ts';
import { type DemoContact, generateContacts } from './contacts.ts';
import type { DemoObserver } from './observer.ts';

export interface DemoOptions {
  readonly seed: number;
  readonly durationMs: number;
  /** Simulated time over real time. */
  readonly factor: number;
  readonly onProgress: (progress: DemoProgress) => void;
  /** Simulated milliseconds between two calls of `onProgress`. */
  readonly progressIntervalMs: number;
}

/** How far the scenario is. */
export interface DemoProgress {
  readonly elapsedMs: number;
  readonly durationMs: number;
  readonly arrived: number;
  readonly waiting: number;
  readonly busyAgents: number;
  readonly calls: number;
  readonly throttled: number;
}

/** What happened, with what is needed to judge it. */
export interface DemoResult {
  readonly contacts: readonly DemoContact[];
  /** When the scenario began and when watching ended, in simulated milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** When each contact that somebody marked as angry was marked. */
  readonly angryAt: ReadonlyMap<string, number>;
  /** Real milliseconds that it took. */
  readonly realDurationMs: number;
}

/** Lets the busy centre live for the given time, and waits until everything that was sent has been dealt with. */
export async function runDemo(
  local: LocalCentre,
  observer: DemoObserver,
  options: DemoOptions,
): Promise<DemoResult> {
  const { centre, driver, system } = local;
  const contacts = generateContacts(options.seed, options.durationMs);
  const angryAt = new Map<string, number>();
  const sqs = new SQSClient(system.clientConfig);
  const realBegin = performance.now();
  setClockFactor(options.factor);
  const startedAt = Date.now();
  let arrived = 0;

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
  const waitUntil = (atMs: number) =>
    new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, startedAt + atMs - Date.now())));
  for (const { atMs, run } of schedule) {
    await waitUntil(atMs);
    await run();
  }
  await waitUntil(options.durationMs);
  const endedAt = Date.now();
  clearInterval(progress);
  setClockFactor(1);
  reportProgress();
  await system.idle();
  sqs.destroy();
  return { contacts, startedAt, endedAt, angryAt, realDurationMs: performance.now() - realBegin };
}

/** Where the scenario's policies are decided upon. */
export function demoPlanContext(policies: PlanContext['policies']): PlanContext {
  return { policies, settings: DEFAULT_SETTINGS, region: INSTANCE.region, instances: [INSTANCE.id] };
}
