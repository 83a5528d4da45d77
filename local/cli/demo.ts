import type { PlaybackReport } from '../../cli/watch/playback/playback.ts';
import { seededRandom } from '../../sim/random.ts';
import { type LocalCentre, startLocalCentre } from '../centre/local-centre.ts';
import { createAgents, INSTANCE, QUEUES } from '../demo/centre-config.ts';
import { type ExamplePolicies, putExamplePolicies } from '../demo/example-policies.ts';
import { formatSummary } from '../demo/format.ts';
import { judge } from '../demo/judge.ts';
import { probeLatency } from '../demo/latency-probe.ts';
import { DemoObserver } from '../demo/observer.ts';
import { type DemoProgress, demoPlanContext, runDemo } from '../demo/run.ts';
import { summarize } from '../demo/summary.ts';
import type { Playback } from '../playback/playback.ts';

/** SSM path of the policies and settings. */
export const PREFIX = '/connect-escalator';

/** The local system with the centre of the demo, and what observes it. */
export interface DemoCentre {
  readonly local: LocalCentre;
  readonly observer: DemoObserver;
}

export interface DemoCentreOptions {
  /** TCP port on 127.0.0.1; 0 selects a free port. */
  readonly port: number;
  readonly seed: number;
  readonly logDirectory: string;
}

/**
 * Starts the local system with the centre of the demo.
 *
 * @throws EndpointError when the port is not available.
 */
export async function startDemoCentre({ port, seed, logDirectory }: DemoCentreOptions): Promise<DemoCentre> {
  const observer = new DemoObserver();
  const local = await startLocalCentre({
    port,
    instance: INSTANCE,
    queues: QUEUES,
    agents: createAgents(),
    random: seededRandom(seed + 1),
    prefix: PREFIX,
    logDirectory,
    onCall: observer.onConnectCall,
    onMetrics: observer.onMetrics,
    onPublished: observer.onPublished,
    onEventHandled: observer.onEventHandled,
  });
  return { local, observer };
}

/** Sets the policies of the demo, and starts every thread. */
export async function setUpCentre({ local }: DemoCentre): Promise<ExamplePolicies> {
  const examples = await putExamplePolicies(local.system.clientConfig, PREFIX);
  await local.system.warmUp();
  return examples;
}

/** @returns the latency from a contact event to the update, of one contact after another, in real milliseconds. */
export async function measureLatency({ local, observer }: DemoCentre): Promise<number[]> {
  const latenciesMs = await probeLatency(local, observer);
  await local.system.idle();
  observer.reset();
  return latenciesMs;
}

export interface PlayOptions {
  readonly playback: Playback;
  readonly seed: number;
  readonly minutes: number;
  readonly examples: ExamplePolicies;
  readonly latenciesMs: readonly number[];
  readonly signal?: AbortSignal;
  /** Simulated milliseconds between two calls of `onProgress`. */
  readonly progressIntervalMs: number;
  readonly onProgress: (progress: DemoProgress) => void;
}

/**
 * Plays the demo in a centre that is set up, and judges it.
 *
 * @throws the reason of the signal, when it is aborted.
 */
export async function playDemo(
  { local, observer }: DemoCentre,
  { playback, seed, minutes, examples, latenciesMs, signal, progressIntervalMs, onProgress }: PlayOptions,
): Promise<PlaybackReport> {
  const result = await runDemo(local, observer, {
    seed,
    durationMs: minutes * 60_000,
    playback,
    signal,
    progressIntervalMs,
    onProgress,
  });
  const summary = summarize(result, observer, demoPlanContext(examples.policies), examples.conditions);
  const verdict = judge(summary.sloChecks, { ...result, latenciesMs }, playback.fastest);
  const isTooSlow = verdict.kind === 'too-slow';
  const sent = [...local.system.outgoingEvents].map(([name, count]) => `${name} ${count}`);
  const tables = formatSummary(summary, latenciesMs, result.realDurationMs, isTooSlow);
  const events = `Events sent to EventBridge until now: ${sent.join(', ') || 'none'}\n`;
  return {
    verdict: verdict.kind,
    text: `${tables}${events}${isTooSlow ? formatSlowness(verdict.reasons, verdict.advice) : ''}`,
  };
}

function formatSlowness(reasons: readonly string[], advice: string): string {
  const lines = reasons.map((reason) => `  ${reason}\n`).join('');
  return `\nThis machine was too slow to judge the objectives:\n${lines}${advice}\n`;
}
