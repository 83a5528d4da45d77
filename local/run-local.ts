import { once } from 'node:events';
import { seededRandom } from '../sim/workload/index.ts';
import { type LocalCentre, startLocalCentre } from './local-centre.ts';
import type { LocalOptions } from './options.ts';
import { agents, INSTANCE, QUEUES } from './scenario/centre.ts';
import { Observer } from './scenario/observer.ts';
import { putPolicies } from './scenario/policies.ts';
import { progressLine, summaryText } from './scenario/print.ts';
import { probeLatency } from './scenario/probe.ts';
import { runScenario, scenarioContext } from './scenario/run.ts';
import { summarize } from './scenario/summary.ts';
import { standbyText } from './standby.ts';

const PREFIX = '/connect-escalator';

/**
 * Starts the local system, runs the scenario, and stays up unless it is headless.
 *
 * @returns the exit code: 0, or 1 when a promise was broken.
 */
export async function runLocal(options: LocalOptions, logDirectory: string): Promise<number> {
  const observer = new Observer();
  const local = await startLocalCentre({
    port: options.port,
    instance: INSTANCE,
    queues: QUEUES,
    agents: agents(),
    random: seededRandom(options.seed + 1),
    prefix: PREFIX,
    logDirectory,
    onCall: observer.connectCalled,
    onPublished: observer.published,
    onEventHandled: observer.eventHandled,
  });
  try {
    say(`AWS endpoint on ${local.system.url}\n`);
    const kept = options.scenario ? await scenario(local, observer, options) : await quietStart(local);
    if (!options.headless) {
      say(standbyText(local.system, PREFIX));
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    }
    return kept ? 0 : 1;
  } finally {
    await local.stop();
  }
}

async function quietStart(local: LocalCentre): Promise<boolean> {
  await putPolicies(local.system.clientConfig, PREFIX);
  await local.system.warmUp();
  return true;
}

async function scenario(local: LocalCentre, observer: Observer, options: LocalOptions): Promise<boolean> {
  const policies = await putPolicies(local.system.clientConfig, PREFIX);
  await local.system.warmUp();
  say('Measuring the way from an event to a routing call, with nothing waiting ...\n');
  const probeMs = await probeLatency(local, observer);
  await local.system.idle();
  observer.calls.length = 0;
  observer.describeCalls = 0;

  say(
    `${options.minutes} minutes of a busy centre, ${options.speed} times as fast (seed ${options.seed}) ...\n`,
  );
  const onTerminal = process.stdout.isTTY;
  const result = await runScenario(local, observer, {
    seed: options.seed,
    durationMs: options.minutes * 60_000,
    factor: options.speed,
    // A line that is written over may come often; lines of a log should be few.
    progressEachMs: onTerminal ? 5_000 : 60_000,
    onProgress: (progress) =>
      say(onTerminal ? `\r\u001b[K${progressLine(progress)}` : `${progressLine(progress)}\n`),
  });
  const summary = summarize(result, observer, scenarioContext(policies));
  say(`\n${summaryText(summary, probeMs, result.tookMs)}`);
  return summary.promises.every(({ broken }) => broken === 0);
}

function say(text: string): void {
  process.stdout.write(text);
}
