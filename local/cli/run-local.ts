import { once } from 'node:events';
import { visibleText } from '../../lambda/domain/visible-text.ts';
import { type LocalCentre, startLocalCentre } from '../centre/local-centre.ts';
import { DemoArrivals } from '../demo/arrivals.ts';
import { demoCentreOptions } from '../demo/demo-centre.ts';
import { putDemoPolicies } from '../demo/demo-policies.ts';
import { type DemoSetup, readSetup } from '../demo/demo-setup.ts';
import { formatProgress, formatStart, formatSummary } from '../demo/format.ts';
import { judge } from '../demo/judge.ts';
import { probeContact, probeLatency } from '../demo/latency-probe.ts';
import { DemoObserver } from '../demo/observer.ts';
import { LEAD_MS, runDemo } from '../demo/run.ts';
import { summarize } from '../demo/summary.ts';
import { startClockAt } from '../time/clock.ts';
import type { LocalOptions } from './options.ts';
import { consoleHint, usageHint } from './usage-hint.ts';

const PREFIX = '/connect-escalator';

/** The exit codes of `npm start`. */
const EXIT_CODE = { success: 0, objectiveMissed: 1, usage: 2, tooSlowToJudge: 3 } as const;

/**
 * Starts the local system, runs the demo and, unless it is headless, waits for SIGINT or SIGTERM.
 *
 * @returns the exit code.
 * @throws EndpointError when the port is not available, UsageError when a path or a time is not usable.
 */
export async function runLocal(options: LocalOptions, logDirectory: string): Promise<number> {
  const setup = await readSetup(options, setupIo());
  if (!setup) return EXIT_CODE.usage;
  // The demo runs in the day of the scenario: hours of agents and calendars of policies are as written.
  if (options.demo) startClockAt(setup.scenario.startsAt - LEAD_MS);
  const observer = new DemoObserver();
  const arrivals = new DemoArrivals(setup, options.seed);
  const local = await startLocalCentre({
    ...demoCentreOptions(setup, options.seed, observer, arrivals),
    port: options.port,
    prefix: PREFIX,
    logDirectory,
  });
  try {
    print(`AWS endpoint: ${local.system.url}\n`);
    if (!options.headless) print(consoleHint(local.system));
    const exitCode = options.demo
      ? await startWithDemo(local, { setup, observer, arrivals }, options)
      : await startWithoutDemo(local, setup);
    if (!options.headless) {
      print(usageHint(local.system, PREFIX));
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    }
    return exitCode;
  } finally {
    await local.stop();
  }
}

/** Where relative paths start: npm changes to the folder of the package. */
function setupIo(): Parameters<typeof readSetup>[1] {
  return {
    cwd: process.env.INIT_CWD ?? process.cwd(),
    err: (text) => process.stderr.write(visibleText(text)),
    columns: process.stderr.columns,
  };
}

async function startWithoutDemo(local: LocalCentre, { policies }: DemoSetup): Promise<number> {
  await putDemoPolicies(local.system.clientConfig, PREFIX, policies);
  await local.system.warmUp();
  return EXIT_CODE.success;
}

/** What the demo consists of. */
interface Demo {
  readonly setup: DemoSetup;
  readonly observer: DemoObserver;
  readonly arrivals: DemoArrivals;
}

async function startWithDemo(
  local: LocalCentre,
  { setup, observer, arrivals }: Demo,
  options: LocalOptions,
): Promise<number> {
  await putDemoPolicies(local.system.clientConfig, PREFIX, setup.policies);
  await local.system.warmUp();
  const latenciesMs = await measureLatency(local, setup, observer);
  await local.system.idle();
  observer.reset();

  print(formatStart(setup, options));
  const onTerminal = process.stdout.isTTY;
  const result = await runDemo(local, observer, {
    setup,
    arrivals,
    prefix: PREFIX,
    factor: options.speed,
    // A terminal shows one line that is overwritten; a log gets a line per simulated minute.
    progressIntervalMs: onTerminal ? 5_000 : 60_000,
    onProgress: (progress) =>
      onTerminal ? printOver(formatProgress(progress)) : print(`${formatProgress(progress)}\n`),
  });
  const summary = summarize(result, observer);
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

/** @returns real milliseconds, see {@link probeLatency}; empty where no policy changes a contact at once. */
async function measureLatency(
  local: LocalCentre,
  { scenario, policies }: DemoSetup,
  observer: DemoObserver,
): Promise<number[]> {
  const contact = probeContact(scenario, policies.configuration, Date.now());
  if (!contact) {
    print('No policy changes a contact as soon as it waits, so the latency of an update is not measured.\n');
    return [];
  }
  print('Measuring the latency from a contact event to the update, with no other contact waiting ...\n');
  return probeLatency(local, observer, contact);
}

/** Prints what the endpoint was called with, too: anybody on this machine may call it. */
function print(text: string): void {
  process.stdout.write(visibleText(text));
}

/** Replaces the last line of the terminal. */
function printOver(line: string): void {
  process.stdout.write(`\r\u001b[K${visibleText(line)}`);
}
