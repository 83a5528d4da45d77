import type { SimulatedCalls } from '../../simulation/result.ts';
import { formatCount, formatCounted, formatRate, formatWait } from '../format.ts';
import type { Finding } from './finding.ts';

/**
 * A change is on time within this many seconds after it is due: the rate limiter delays it to the next second
 * at most.
 */
const ON_TIME_SECONDS = 2;

/** Whether the quota is sufficient, by the lateness of changes: the system never exceeds the quota. */
export function quotaFinding(calls: SimulatedCalls, grantedPerSecond: number): Finding {
  const peak = calls.peakPerSecond;
  const p99LatenessSeconds = calls.latenessSeconds.p99;
  const quota = `The quota of ${formatCounted(grantedPerSecond, 'call')} per second`;
  const figure = {
    label: 'Peak calls per second',
    value: `${formatRate(peak)} of ${formatRate(grantedPerSecond)}`,
    detail: `p99 lateness ${formatWait(p99LatenessSeconds)}`,
  };
  if (calls.made.value === 0) {
    return {
      sentence: 'It makes no calls, so it does not use the quota.',
      figure: { ...figure, detail: 'no calls', assessment: 'not used', tone: 'unclear' },
    };
  }
  if (p99LatenessSeconds > ON_TIME_SECONDS) {
    return {
      sentence: `${quota} is not sufficient: the p99 lateness of changes is ${formatWait(p99LatenessSeconds)}.`,
      figure: { ...figure, assessment: 'too low', tone: 'bad' },
    };
  }
  const peakRemark =
    peak >= Math.floor(grantedPerSecond)
      ? ', although the peak reaches it'
      : `: the peak is ${formatRate(peak)}`;
  return {
    sentence: `${quota} is sufficient${peakRemark}.`,
    figure: { ...figure, assessment: 'sufficient', tone: 'good' },
  };
}

/** A sentence on changes that were never made because too many were due. */
export function neverMadeWarnings({ latenessSeconds, superseded, made }: SimulatedCalls): readonly string[] {
  if (latenessSeconds.p99 <= ON_TIME_SECONDS || superseded.value < 0.5) return [];
  const all = made.value + superseded.value;
  return [
    `Of ${formatCounted(all, 'change')} a run, ${formatCount(superseded.value)} were never made: before the quota permitted ` +
      'the call, the contact had left, or another change was due.',
  ];
}
