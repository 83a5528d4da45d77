import type { CallsResult } from '../../simulation/result.ts';
import { counted, rate, wait } from '../words.ts';
import type { Answer } from './answer.ts';

/** Within so many seconds after it falls due a change is on time: pacing makes it wait for the next second at most. */
const ON_TIME_SECONDS = 2;

/** Whether the quota suffices: by how late changes are, as the system never exceeds it. */
export function quotaAnswer(calls: CallsResult, granted: number): Answer {
  const busiest = calls.busiestSecond;
  const p99LateSeconds = calls.latenessSeconds.p99;
  const quota = `The quota of ${counted(granted, 'call')} a second`;
  const figure = {
    label: 'Calls in the busiest second',
    value: `${rate(busiest)} of ${rate(granted)}`,
    detail: `99 in 100 changes at most ${wait(p99LateSeconds)} late`,
  };
  if (calls.made.value === 0) {
    return {
      sentence: 'It makes no calls, so the quota does not matter.',
      figure: { ...figure, detail: 'no calls', says: 'not needed', tone: 'unclear' },
    };
  }
  if (p99LateSeconds > ON_TIME_SECONDS) {
    return {
      sentence: `${quota} does not suffice: one change in a hundred is more than ${wait(p99LateSeconds)} late.`,
      figure: { ...figure, says: 'too little', tone: 'bad' },
    };
  }
  const used =
    busiest >= Math.floor(granted)
      ? ', though the busiest second uses all of it'
      : `: the busiest second has ${rate(busiest)}`;
  return { sentence: `${quota} suffices${used}.`, figure: { ...figure, says: 'suffices', tone: 'good' } };
}
