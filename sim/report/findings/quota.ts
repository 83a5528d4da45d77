import type { SimulatedCalls } from '../../simulation/result.ts';
import { formatCounted, formatRate, formatWait } from '../format.ts';
import type { Finding } from './finding.ts';

/** Within so many seconds after it falls due a change is on time: pacing makes it wait for the next second at most. */
const ON_TIME_SECONDS = 2;

/** Whether the quota suffices: by how late changes are, as the system never exceeds it. */
export function quotaFinding(calls: SimulatedCalls, granted: number): Finding {
  const busiest = calls.peakPerSecond;
  const p99LateSeconds = calls.latenessSeconds.p99;
  const quota = `The quota of ${formatCounted(granted, 'call')} a second`;
  const figure = {
    label: 'Calls in the busiest second',
    value: `${formatRate(busiest)} of ${formatRate(granted)}`,
    detail: `99 in 100 changes at most ${formatWait(p99LateSeconds)} late`,
  };
  if (calls.made.value === 0) {
    return {
      sentence: 'It makes no calls, so the quota does not matter.',
      figure: { ...figure, detail: 'no calls', assessment: 'not needed', tone: 'unclear' },
    };
  }
  if (p99LateSeconds > ON_TIME_SECONDS) {
    return {
      sentence: `${quota} does not suffice: one change in a hundred is more than ${formatWait(p99LateSeconds)} late.`,
      figure: { ...figure, assessment: 'too little', tone: 'bad' },
    };
  }
  const used =
    busiest >= Math.floor(granted)
      ? ', though the busiest second uses all of it'
      : `: the busiest second has ${formatRate(busiest)}`;
  return {
    sentence: `${quota} suffices${used}.`,
    figure: { ...figure, assessment: 'suffices', tone: 'good' },
  };
}
