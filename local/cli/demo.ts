import type { PlaybackReport } from '../../cli/watch/playback/playback.ts';
import { type LocalCentre, startLocalCentre } from '../centre/local-centre.ts';
import { DemoArrivals } from '../demo/arrivals.ts';
import { demoCentreOptions } from '../demo/demo-centre.ts';
import { putDemoPolicies } from '../demo/demo-policies.ts';
import type { DemoSetup } from '../demo/demo-setup.ts';
import { formatSummary } from '../demo/format.ts';
import { judge, STILL_AT_WORK } from '../demo/judge.ts';
import { type ProbeContact, probeContact, probeLatency } from '../demo/latency-probe.ts';
import { DemoObserver } from '../demo/observer.ts';
import { type DemoProgress, LEAD_MS, runDemo } from '../demo/run.ts';
import { summarize } from '../demo/summary.ts';
import type { Playback } from '../playback/playback.ts';
import { startClockAt } from '../time/clock.ts';

/** SSM path of the policies and settings. */
export const PREFIX = '/connect-escalator';

/** The local system with the centre of the demo, and what observes it. */
export interface DemoCentre {
  readonly local: LocalCentre;
  readonly setup: DemoSetup;
  readonly observer: DemoObserver;
  readonly arrivals: DemoArrivals;
}

export interface DemoCentreOptions {
  /** TCP port on 127.0.0.1; 0 selects a free port. */
  readonly port: number;
  readonly seed: number;
  readonly setup: DemoSetup;
  /** Whether the demo runs there: in the day of the scenario, so that hours and calendars are as written. */
  readonly demo: boolean;
  readonly logDirectory: string;
}

/**
 * Starts the local system with the centre of the demo. Nothing of an earlier one may still run.
 *
 * @throws EndpointError when the port is not available.
 */
export async function startDemoCentre(options: DemoCentreOptions): Promise<DemoCentre> {
  const { port, seed, setup, demo, logDirectory } = options;
  if (demo) startClockAt(setup.scenario.startsAt - LEAD_MS);
  const observer = new DemoObserver();
  const arrivals = new DemoArrivals(setup, seed);
  const local = await startLocalCentre({
    ...demoCentreOptions(setup, seed, observer, arrivals),
    port,
    prefix: PREFIX,
    logDirectory,
  });
  return { local, setup, observer, arrivals };
}

/** Sets the policies of the demo, and starts every thread. */
export async function setUpCentre({ local, setup }: DemoCentre): Promise<void> {
  await putDemoPolicies(local.system.clientConfig, PREFIX, setup.policies);
  await local.system.warmUp();
}

/** A contact that a policy changes at once, by which latency is measured; undefined where there is none. */
export function findProbe({ setup }: DemoCentre): ProbeContact | undefined {
  return probeContact(setup.scenario, setup.policies.configuration, Date.now());
}

/**
 * @param probe - that of {@link findProbe}.
 * @returns the latency from a contact event to the update, of one contact after another, in real milliseconds; empty
 *   without a probe.
 */
export async function measureLatency(
  { local, observer }: DemoCentre,
  probe: ProbeContact | undefined,
): Promise<number[]> {
  const latenciesMs = probe ? await probeLatency(local, observer, probe) : [];
  await local.system.idle();
  observer.reset();
  return latenciesMs;
}

export interface PlayOptions {
  readonly playback: Playback;
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
  { local, setup, observer, arrivals }: DemoCentre,
  { playback, latenciesMs, signal, progressIntervalMs, onProgress }: PlayOptions,
): Promise<PlaybackReport> {
  const result = await runDemo(local, observer, {
    setup,
    arrivals,
    prefix: PREFIX,
    playback,
    signal,
    progressIntervalMs,
    onProgress,
  });
  const summary = summarize(result, observer);
  const verdict = judge(summary.sloChecks, { ...result, latenciesMs }, playback.fastest);
  const isTooSlow = verdict.kind === 'too-slow';
  const sent = [...local.system.outgoingEvents].map(([name, count]) => `${name} ${count}`);
  const tables = formatSummary(summary, latenciesMs, result.realDurationMs, isTooSlow);
  const events = `Events sent to EventBridge until now: ${sent.join(', ') || 'none'}\n`;
  const unfinished = result.isIdle ? '' : UNFINISHED;
  const note = isTooSlow ? formatSlowness(verdict.reasons, verdict.advice) : unfinished;
  return { verdict: verdict.kind, text: `${tables}${events}${note}` };
}

/** Printed where the verdict stands although work was under way, which the figures may lack. */
const UNFINISHED = `\nNote: ${STILL_AT_WORK}, so figures may be incomplete.\n`;

function formatSlowness(reasons: readonly string[], advice: string): string {
  const lines = reasons.map((reason) => `  ${reason}\n`).join('');
  return `\nThis machine was too slow to judge the objectives:\n${lines}${advice}\n`;
}
