import type { Agent } from './entities.ts';
import type { EventQueue } from './event-queue.ts';
import type { RoutingEngine } from './routing-engine.ts';
import type { Shift } from './types.ts';

/** Schedules the start and end of the shifts of all agents that have any. */
export function scheduleShifts(eventQueue: EventQueue, routingEngine: RoutingEngine): void {
  for (const agent of routingEngine.agents.values()) {
    if (agent.spec.shifts)
      scheduleNextShift(agent, agent.spec.shifts[Symbol.iterator](), eventQueue, routingEngine);
  }
}

function scheduleNextShift(
  agent: Agent,
  shifts: Iterator<Shift>,
  eventQueue: EventQueue,
  routingEngine: RoutingEngine,
): void {
  const { value, done } = shifts.next();
  if (done) return;
  eventQueue.schedule(value.from, () => routingEngine.signIn(agent));
  eventQueue.schedule(value.to, () => {
    routingEngine.signOut(agent);
    scheduleNextShift(agent, shifts, eventQueue, routingEngine);
  });
}
