import { type JudgedSpan, MARGIN_MS } from '../../sim/backtest/held-out.ts';
import type { RecordingPart, RecordingScan } from '../../sim/replay/recording-scan.ts';
import type { Scenario } from '../../sim/scenario/index.ts';
import { UsageError } from '../errors.ts';
import { formatTime } from '../format.ts';

/** The part of the recordings to read for the part to judge by: more of them, also for the ends of its last waits. */
export function partToRead({ from, to, instanceId }: RecordingPart): RecordingPart {
  return {
    ...(from !== undefined && { from: from - MARGIN_MS }),
    ...(to !== undefined && { to: to + MARGIN_MS }),
    ...(instanceId !== undefined && { instanceId }),
  };
}

/**
 * The time to judge by: the chosen part of the recordings, by default what came after the days to which the scenario was
 * fitted.
 *
 * @returns also a sentence where a part was chosen without being asked for.
 * @throws UsageError where it includes such days.
 */
export function judgedSpan(
  { fitted }: Pick<Scenario, 'fitted'>,
  { from, to }: RecordingPart,
  { startsAt, endsAt }: Pick<RecordingScan, 'startsAt' | 'endsAt'>,
): { readonly span: JudgedSpan; readonly note?: string } {
  const span = { from: from ?? startsAt, to: to ?? endsAt + 1 };
  if (!fitted || span.to <= fitted.from || span.from > fitted.to) return { span };
  const days = `${formatTime(fitted.from)} to ${formatTime(fitted.to)}`;
  if (from !== undefined || span.to <= fitted.to + 1) {
    throw new UsageError(
      `The scenario was fitted to ${days}, and would be judged by the same days, which shows nothing. ` +
        `Judge by others: --from ${formatTime(fitted.to)}, or calibrate it without these (escalator calibrate --to).`,
    );
  }
  return {
    span: { from: fitted.to, to: span.to },
    note: `Judged by the contacts after ${formatTime(fitted.to)}: the scenario was fitted to ${days}.`,
  };
}
