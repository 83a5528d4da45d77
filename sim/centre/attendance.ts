import type { Agent } from './agent.ts';
import type { Calendar } from './calendar.ts';
import type { Floor } from './floor.ts';
import type { Shift } from './types.ts';

/** Lets those agents who have shifts come and go by them. */
export function attend(calendar: Calendar, floor: Floor): void {
  for (const agent of floor.agents.values()) {
    if (agent.spec.shifts) bookNext(agent, agent.spec.shifts[Symbol.iterator](), calendar, floor);
  }
}

function bookNext(agent: Agent, shifts: Iterator<Shift>, calendar: Calendar, floor: Floor): void {
  const { value, done } = shifts.next();
  if (done) return;
  calendar.book(value.from, () => floor.come(agent));
  calendar.book(value.to, () => {
    floor.leave(agent);
    bookNext(agent, shifts, calendar, floor);
  });
}
