import type { VirtualTime } from '../virtual/virtual-time.ts';
import type { Outage, OutageKind } from './conditions.ts';

/** Which outages there are now. */
export interface Outages {
  isActive(kind: OutageKind): boolean;
}

/** No outages. */
export const NO_OUTAGES: Outages = { isActive: () => false };

/** The outages of a run that starts at a moment, in milliseconds since the epoch. */
export function scheduledOutages(
  outages: readonly Outage[],
  startedAt: number,
  time: Pick<VirtualTime, 'now'>,
): Outages {
  return {
    isActive(wanted) {
      const elapsedMs = time.now - startedAt;
      return outages.some(
        ({ kind, fromMs, untilMs }) => kind === wanted && fromMs <= elapsedMs && elapsedMs < untilMs,
      );
    },
  };
}
