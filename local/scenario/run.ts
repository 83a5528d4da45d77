import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { PlanContext } from '../../lambda/domain/plan.ts';
import { DEFAULT_SETTINGS } from '../../lambda/domain/settings.ts';
import { setFactor } from '../clock.ts';
import type { LocalCentre } from '../local-centre.ts';
import { type ScenarioContact, scenarioContacts } from './arrivals.ts';
import { INSTANCE, SUPPORT_QUEUE } from './centre.ts';
import type { Observer } from './observer.ts';

export interface ScenarioOptions {
  readonly seed: number;
  readonly durationMs: number;
  /** Simulated time over real time. */
  readonly factor: number;
  readonly onProgress: (progress: Progress) => void;
  /** Simulated milliseconds between two calls of `onProgress`. */
  readonly progressEachMs: number;
}

/** How far the scenario is. */
export interface Progress {
  readonly elapsedMs: number;
  readonly durationMs: number;
  readonly arrived: number;
  readonly waiting: number;
  readonly handled: number;
  readonly calls: number;
  readonly throttled: number;
}

/** What happened, with what is needed to judge it. */
export interface ScenarioResult {
  readonly contacts: readonly ScenarioContact[];
  /** When the scenario began and when watching ended, in simulated milliseconds since the epoch. */
  readonly beganAt: number;
  readonly endedAt: number;
  /** When each contact that somebody marked as angry was marked. */
  readonly angryAt: ReadonlyMap<string, number>;
  /** Real milliseconds that it took. */
  readonly tookMs: number;
}

/** Lets the busy centre live for the given time, and waits until everything that was sent has been dealt with. */
export async function runScenario(
  local: LocalCentre,
  observer: Observer,
  options: ScenarioOptions,
): Promise<ScenarioResult> {
  const { centre, driver, system } = local;
  const contacts = scenarioContacts(options.seed, options.durationMs);
  const angryAt = new Map<string, number>();
  const sqs = new SQSClient(system.clientConfig);
  const realBegin = performance.now();
  setFactor(options.factor);
  const beganAt = Date.now();
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
  const agenda = contacts
    .flatMap(({ atMs, arrival, angryAtMs }) => [
      {
        atMs,
        run: async () => {
          arrived += 1;
          centre.arrive(Date.now(), arrival);
          driver.poke();
        },
      },
      ...(angryAtMs === undefined || angryAtMs >= options.durationMs
        ? []
        : [{ atMs: angryAtMs, run: () => markAngry(arrival.contactId) }]),
    ])
    .sort((a, b) => a.atMs - b.atMs);

  const tell = () => {
    const { queues, agents } = centre.overview(Date.now());
    options.onProgress({
      elapsedMs: Math.min(options.durationMs, Date.now() - beganAt),
      durationMs: options.durationMs,
      arrived,
      waiting: queues.find(({ id }) => id === SUPPORT_QUEUE)?.contactIds.length ?? 0,
      handled: agents.filter(({ contactIds }) => contactIds.length > 0).length,
      calls: observer.calls.length,
      throttled: observer.calls.filter(({ throttled }) => throttled).length,
    });
  };
  const progress = setInterval(tell, options.progressEachMs);
  const until = (atMs: number) =>
    new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, beganAt + atMs - Date.now())));
  for (const { atMs, run } of agenda) {
    await until(atMs);
    await run();
  }
  await until(options.durationMs);
  const endedAt = Date.now();
  clearInterval(progress);
  setFactor(1);
  tell();
  await system.idle();
  sqs.destroy();
  return { contacts, beganAt, endedAt, angryAt, tookMs: performance.now() - realBegin };
}

/** Where the scenario's policies are decided upon. */
export function scenarioContext(policies: PlanContext['policies']): PlanContext {
  return { policies, settings: DEFAULT_SETTINGS, region: INSTANCE.region, instances: [INSTANCE.id] };
}
