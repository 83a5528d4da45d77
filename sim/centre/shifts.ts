import type { Agent } from './entities.ts';
import type { EventQueue } from './event-queue.ts';
import type { RoutingEngine } from './routing-engine.ts';
import type { Shift } from './types.ts';

/** Lets those agents who have shifts come and go by them. */
export function scheduleShifts(calendar: EventQueue, floor: RoutingEngine): void {
  for (const agent of floor.agents.values()) {
    if (agent.spec.shifts) scheduleNextShift(agent, agent.spec.shifts[Symbol.iterator](), calendar, floor);
  }
}

function scheduleNextShift(
  agent: Agent,
  shifts: Iterator<Shift>,
  calendar: EventQueue,
  floor: RoutingEngine,
): void {
  const { value, done } = shifts.next();
  if (done) return;
  calendar.schedule(value.from, () => floor.signIn(agent));
  calendar.schedule(value.to, () => {
    floor.signOut(agent);
    scheduleNextShift(agent, shifts, calendar, floor);
  });
}
