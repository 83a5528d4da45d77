import { once } from 'node:events';
import { seededRandom } from '../../sim/random.ts';
import { type LocalCentre, startLocalCentre } from '../centre/local-centre.ts';
import { createAgents, INSTANCE, QUEUES } from '../demo/centre-config.ts';
import { putExamplePolicies } from '../demo/example-policies.ts';
import { formatProgress, formatSummary } from '../demo/format.ts';
import { probeLatency } from '../demo/latency-probe.ts';
import { DemoObserver } from '../demo/observer.ts';
import { demoPlanContext, runDemo } from '../demo/run.ts';
import { summarize } from '../demo/summary.ts';
import type { LocalOptions } from './options.ts';
import { usageHint } from './usage-hint.ts';

const PREFIX = '/connect-escalator';

/**
 * Starts the local system, runs the scenario, and stays up unless it is headless.
 *
 * @returns the exit code: 0, or 1 when a promise was broken.
 */
export async function runLocal(options: LocalOptions, logDirectory: string): Promise<number> {
  const observer = new DemoObserver();
  const local = await startLocalCentre({
    port: options.port,
    instance: INSTANCE,
    queues: QUEUES,
    agents: createAgents(),
    random: seededRandom(options.seed + 1),
    prefix: PREFIX,
    logDirectory,
    onCall: observer.onConnectCall,
    onPublished: observer.onPublished,
    onEventHandled: observer.onEventHandled,
  });
  try {
    print(`AWS endpoint on ${local.system.url}\n`);
    const kept = options.demo ? await startWithDemo(local, observer, options) : await startWithoutDemo(local);
    if (!options.headless) {
      print(usageHint(local.system, PREFIX));
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    }
    return kept ? 0 : 1;
  } finally {
    await local.stop();
  }
}

async function startWithoutDemo(local: LocalCentre): Promise<boolean> {
  await putExamplePolicies(local.system.clientConfig, PREFIX);
  await local.system.warmUp();
  return true;
}

async function startWithDemo(
  local: LocalCentre,
  observer: DemoObserver,
  options: LocalOptions,
): Promise<boolean> {
  const policies = await putExamplePolicies(local.system.clientConfig, PREFIX);
  await local.system.warmUp();
  print('Measuring the way from an event to a routing call, with nothing waiting ...\n');
  const probeMs = await probeLatency(local, observer);
  await local.system.idle();
  observer.calls.length = 0;
  observer.describeCalls = 0;

  print(
    `${options.minutes} minutes of a busy centre, ${options.speed} times as fast (seed ${options.seed}) ...\n`,
  );
  const onTerminal = process.stdout.isTTY;
  const result = await runDemo(local, observer, {
    seed: options.seed,
    durationMs: options.minutes * 60_000,
    factor: options.speed,
    // A line that is written over may come often; lines of a log should be few.
    progressIntervalMs: onTerminal ? 5_000 : 60_000,
    onProgress: (progress) =>
      print(onTerminal ? `\r\u001b[K${formatProgress(progress)}` : `${formatProgress(progress)}\n`),
  });
  const summary = summarize(result, observer, demoPlanContext(policies));
  print(`\n${formatSummary(summary, probeMs, result.realDurationMs)}`);
  return summary.sloChecks.every(({ violations }) => violations === 0);
}

function print(text: string): void {
  process.stdout.write(text);
}
