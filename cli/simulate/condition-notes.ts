import { queueStateKey } from '../../lambda/domain/queue/queue-state.ts';
import type { Scenario } from '../../sim/scenario/index.ts';
import type { NamedPolicySet } from '../../sim/simulation/index.ts';

/** A sentence for each condition that names queues which the scenario does not have. */
export function conditionNotes(sets: readonly NamedPolicySet[], { queues }: Scenario): string[] {
  const known = new Set(queues.map(({ id }) => id));
  const notes = sets.flatMap(({ conditions = [] }) =>
    conditions.flatMap(({ name, queues: named = [] }) => {
      const missing = named.filter((queue) => !known.has(queueStateKey(queue)));
      if (missing.length === 0) return [];
      return [
        `The condition ${name} names queues that the scenario does not have (${missing.join(', ')}): there it never ` +
          `holds. The queues of the scenario are ${[...known].join(', ')}.`,
      ];
    }),
  );
  return [...new Set(notes)];
}
