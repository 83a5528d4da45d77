import { halfHoursOf } from '../simulation/half-hours.ts';
import { staffingOf } from '../simulation/staffing.ts';
import { type BackTestPlan, SLOT_MS } from './back-test-plan.ts';

const HOUR_MS = 3_600_000;

/** The time of agents on shift, in hours, in the half hours that have a cell. */
export function scheduledHours({ scenario, cells, clock }: BackTestPlan): number {
  const { agentMs } = staffingOf(scenario, halfHoursOf(scenario));
  const first = Math.floor((scenario.startsAt - clock.dayBeganAt) / SLOT_MS);
  const slots = new Set(
    cells.flatMap(({ fromSlot, toSlot }) =>
      Array.from({ length: toSlot - fromSlot }, (_, index) => fromSlot + index - first),
    ),
  );
  return [...slots].reduce((sum, slot) => sum + (agentMs[slot] ?? 0), 0) / HOUR_MS;
}
