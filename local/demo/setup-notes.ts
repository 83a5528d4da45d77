import { UsageError } from '../../cli/errors.ts';
import { conditionNotes } from '../../cli/simulate/condition-notes.ts';
import { instanceOfQueue } from '../../lambda/domain/messages/addressee.ts';
import type { Scenario } from '../../sim/scenario/index.ts';
import { INSTANCE, QUIET_QUEUE } from './centre-config.ts';
import type { DecidingConfiguration } from './demo-policies.ts';

/** What Connect allows in the id of a queue. */
const QUEUE_ID = /^[\w.-]+$/;

/** @throws UsageError when the local system cannot have the queues of a scenario. */
export function refuseUnusable({ queues }: Scenario): void {
  for (const { id } of queues) {
    if (id === QUIET_QUEUE) {
      throw new UsageError(
        `The scenario has a queue ${id}, which npm start keeps for contacts that you add: choose another name.`,
      );
    }
    if (!QUEUE_ID.test(id) || id === 'agent') {
      throw new UsageError(
        `The queue ${JSON.stringify(id)} of the scenario cannot be the id of a queue in Connect: expected letters ` +
          'without accents, digits, ".", "_" and "-".',
      );
    }
  }
}

/** Sentences about what the demo leaves out of a scenario and policies. */
export function setupNotes(scenario: Scenario, configuration: DecidingConfiguration): string[] {
  const { policies, conditions, settings } = configuration;
  const set = { name: 'demo', policies: policies.policies, conditions, settings };
  const ofOthers = conditions.flatMap(({ name, queues = [] }) => {
    const others = queues.filter((queue) => (instanceOfQueue(queue) ?? INSTANCE.id) !== INSTANCE.id);
    if (others.length === 0) return [];
    return [
      `The condition ${name} names queues of another instance (${others.join(', ')}): there it never holds. Name them ` +
        'by their ids in the scenario.',
    ];
  });
  const counted = policies.countsContacts
    ? ['Policies ask for recentContacts, which no contact of a scenario has.']
    : [];
  const acts =
    scenario.acts && scenario.acts.length > 0
      ? ['The acts of the scenario (signals, overrides, pauses) are left out: do them in the console.']
      : [];
  return [...conditionNotes([set], scenario), ...ofOthers, ...counted, ...acts];
}
