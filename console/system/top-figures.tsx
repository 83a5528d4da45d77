import type { MetricFigures, OutsideFigures } from '../../cli/state/outside/outside-figures.ts';
import type { PageState } from '../../cli/watch/page-state.ts';
import { hourTotals, rateWords } from '../../cli/wording/figure-words.ts';
import { Figure } from '../figure.tsx';
import { Sparkline } from '../sparkline.tsx';
import { shortTime } from '../words.ts';

/** How many calls are made of those that may be made. */
export function callsNote({ state, figures }: Pick<PageState, 'state' | 'figures'>): string {
  const allowed = Number(state.calls.perSecond.toPrecision(3));
  const { metrics } = figures ?? {};
  if (!metrics || metrics.minutes.length === 0) return `at most ${allowed} a second`;
  return `${rateWords(hourTotals(metrics).perSecond)} of ${allowed} a second at ${shortTime(metrics.until)}`;
}

export function CallsSparkline({ metrics }: { readonly metrics: MetricFigures }) {
  const points = metrics.minutes.map(({ at, calls }) => ({ at, value: calls }));
  return <Sparkline points={points} label="Calls a minute" />;
}

/** How many messages the dead-letter queues hold together. */
function deadLetters({ deadLetters: found }: OutsideFigures): number {
  return found?.queues.reduce((sum, { messages }) => sum + messages, 0) ?? 0;
}

/** What is wrong by what the table does not tell. */
export function OutsideProblems({ figures }: { readonly figures: OutsideFigures | undefined }) {
  if (!figures) return null;
  const ringing = figures.alarms?.ringing.length ?? 0;
  const letters = deadLetters(figures);
  const throttled = figures.metrics ? hourTotals(figures.metrics).throttled : 0;
  return (
    <>
      {ringing > 0 && (
        <Figure
          name="Alarms"
          value={ringing.toLocaleString()}
          note={ringing === 1 ? 'rings' : 'ring'}
          isWrong
        />
      )}
      {letters > 0 && (
        <Figure name="Dead letters" value={letters.toLocaleString()} note="had no effect" isWrong />
      )}
      {throttled > 0 && (
        <Figure name="Throttled" value={throttled.toLocaleString()} note="in the last hour" isWrong />
      )}
    </>
  );
}
