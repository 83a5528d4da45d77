import { percentile } from '../../sim/statistics/index.ts';
import type { SloCheck } from './objectives.ts';
import { CALL_LATENCY_MS } from './observer.ts';
import { IDLE_LIMIT_MS } from './run.ts';

/** The verdict on a run of the demo. */
type Verdict =
  | { readonly kind: 'success' }
  | { readonly kind: 'objective-missed' }
  /** The machine was too slow, which alone explains what was missed. */
  | { readonly kind: 'too-slow'; readonly reasons: readonly string[]; readonly advice: string };

/** How the machine performed. Real milliseconds. */
export interface MachinePerformance {
  /** The longest delay of the event loop. */
  readonly maxEventLoopDelayMs: number;
  /** How late the demo itself started what it had planned, each time. */
  readonly startDelaysMs: readonly number[];
  /** From a contact event to the update with no other contact waiting, each time. */
  readonly latenciesMs: readonly number[];
  /** Whether the system had done all its work in time after the end of the demo. */
  readonly isIdle: boolean;
}

/** A change may be applied so much later in simulated time. Half of it is for the quota, half for the machine. */
const MACHINE_SHARE_MS = 2_500;

/** Said of a demo that was ended before the system had done all its work. */
export const STILL_AT_WORK = `the system was still at work ${IDLE_LIMIT_MS / 1_000} s after the end of the demo`;

/**
 * Judges the objectives of a run. A busy machine makes changes late, and may bunch calls; it never makes a call that
 * was not due, or twice. So a miss of the first kind counts only if the machine kept up.
 *
 * @param speed - simulated time over real time.
 */
export function judge(checks: readonly SloCheck[], machine: MachinePerformance, speed: number): Verdict {
  const missed = checks.filter(({ violations }) => violations > 0);
  if (missed.length === 0) return { kind: 'success' };
  if (missed.some(({ dependsOnSpeed }) => !dependsOnSpeed)) return { kind: 'objective-missed' };
  const reasons = slowness(machine, speed);
  if (reasons.length === 0) return { kind: 'objective-missed' };
  const slower = Math.max(1, Math.floor(speed / 3));
  const advice =
    speed > 1
      ? `Run the demo again with --speed ${slower}, or with less load on the machine.`
      : 'Run the demo again with less load on the machine.';
  return { kind: 'too-slow', reasons, advice };
}

function slowness(
  { maxEventLoopDelayMs, startDelaysMs, latenciesMs, isIdle }: MachinePerformance,
  speed: number,
): string[] {
  const allowedMs = MACHINE_SHARE_MS / speed;
  const startDelayMs = percentile(startDelaysMs, 0.95) ?? 0;
  const latencyMs = percentile(latenciesMs, 0.95) ?? 0;
  return [
    ...(maxEventLoopDelayMs > CALL_LATENCY_MS
      ? [
          `the event loop was delayed by up to ${ms(maxEventLoopDelayMs)}; the objectives allow ${CALL_LATENCY_MS} ms`,
        ]
      : []),
    ...(startDelayMs > CALL_LATENCY_MS
      ? [
          `5 % of the contacts started ${ms(startDelayMs)} late or more; the objectives allow ${CALL_LATENCY_MS} ms`,
        ]
      : []),
    ...(latencyMs > allowedMs
      ? [
          `an update took ${ms(latencyMs)} (p95) with no other contact waiting; at this speed ${ms(allowedMs)} are allowed`,
        ]
      : []),
    ...(isIdle ? [] : [STILL_AT_WORK]),
  ];
}

function ms(durationMs: number): string {
  return `${durationMs.toFixed(0)} ms`;
}
