import { once } from 'node:events';
import { visibleText } from '../../lambda/domain/visible-text.ts';
import { seededRandom } from '../../sim/random.ts';
import { type LocalCentre, startLocalCentre } from '../centre/local-centre.ts';
import { createAgents, INSTANCE, QUEUES } from '../demo/centre-config.ts';
import { putExamplePolicies } from '../demo/example-policies.ts';
import { formatProgress, formatSummary } from '../demo/format.ts';
import { judge } from '../demo/judge.ts';
import { probeLatency } from '../demo/latency-probe.ts';
import { DemoObserver } from '../demo/observer.ts';
import { demoPlanContext, runDemo } from '../demo/run.ts';
import { summarize } from '../demo/summary.ts';
import type { LocalOptions } from './options.ts';
import { consoleHint, usageHint } from './usage-hint.ts';

const PREFIX = '/connect-escalator';

/** The exit codes of `npm start`, other than 2 for a usage error. */
const EXIT_CODE = { success: 0, objectiveMissed: 1, tooSlowToJudge: 3 } as const;

/**
 * Starts the local system, runs the demo and, unless it is headless, waits for SIGINT or SIGTERM.
 *
 * @returns the exit code.
 * @throws EndpointError when the port is not available.
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
    onMetrics: observer.onMetrics,
    onPublished: observer.onPublished,
    onEventHandled: observer.onEventHandled,
  });
  try {
    print(`AWS endpoint: ${local.system.url}\n`);
    if (!options.headless) print(consoleHint(local.system));
    const exitCode = options.demo
      ? await startWithDemo(local, observer, options)
      : await startWithoutDemo(local);
    if (!options.headless) {
      print(usageHint(local.system, PREFIX));
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    }
    return exitCode;
  } finally {
    await local.stop();
  }
}

async function startWithoutDemo(local: LocalCentre): Promise<number> {
  await putExamplePolicies(local.system.clientConfig, PREFIX);
  await local.system.warmUp();
  return EXIT_CODE.success;
}

async function startWithDemo(
  local: LocalCentre,
  observer: DemoObserver,
  options: LocalOptions,
): Promise<number> {
  const examples = await putExamplePolicies(local.system.clientConfig, PREFIX);
  await local.system.warmUp();
  print('Measuring the latency from a contact event to the update, with no other contact waiting ...\n');
  const latenciesMs = await probeLatency(local, observer);
  await local.system.idle();
  observer.reset();

  print(`Simulating ${options.minutes} minutes of a busy contact centre, ${options.speed} times real time `);
  print(`(seed ${options.seed}) ...\n`);
  const onTerminal = process.stdout.isTTY;
  const result = await runDemo(local, observer, {
    seed: options.seed,
    durationMs: options.minutes * 60_000,
    factor: options.speed,
    // A terminal shows one line that is overwritten; a log gets a line per simulated minute.
    progressIntervalMs: onTerminal ? 5_000 : 60_000,
    onProgress: (progress) =>
      onTerminal ? printOver(formatProgress(progress)) : print(`${formatProgress(progress)}\n`),
  });
  const summary = summarize(result, observer, demoPlanContext(examples.policies), examples.conditions);
  const verdict = judge(summary.sloChecks, { ...result, latenciesMs }, options.speed);
  const isTooSlow = verdict.kind === 'too-slow';
  print(`\n${formatSummary(summary, latenciesMs, result.realDurationMs, isTooSlow)}`);
  const sent = [...local.system.outgoingEvents].map(([name, count]) => `${name} ${count}`);
  print(`Events sent to EventBridge until now: ${sent.join(', ') || 'none'}\n`);
  if (verdict.kind === 'success') return EXIT_CODE.success;
  if (verdict.kind === 'objective-missed') return EXIT_CODE.objectiveMissed;
  print(`\nThis machine was too slow to judge the objectives:\n`);
  for (const reason of verdict.reasons) print(`  ${reason}\n`);
  print(`${verdict.advice}\n`);
  return EXIT_CODE.tooSlowToJudge;
}

/** Prints what the endpoint was called with, too: anybody on this machine may call it. */
function print(text: string): void {
  process.stdout.write(visibleText(text));
}

/** Replaces the last line of the terminal. */
function printOver(line: string): void {
  process.stdout.write(`\r\u001b[K${visibleText(line)}`);
}
