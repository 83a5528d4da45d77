import { compareRank } from './contact.ts';
import type { ContactLifecycle } from './contact-lifecycle.ts';
import type { Contact } from './entities.ts';
import type { RoutingEngine } from './routing-engine.ts';

/** Who waits where, and who handles what, at a moment. */
export interface CentreOverview {
  readonly queues: readonly {
    readonly id: string;
    readonly arn: string;
    readonly name: string;
    /** The contacts that wait, by rank; paused ones are left out. */
    readonly contactIds: readonly string[];
  }[];
  readonly agents: readonly {
    readonly id: string;
    readonly concurrency: number;
    /** Away agents finish what they handle and are offered nothing. */
    readonly isAway: boolean;
    /** After-contact work included. */
    readonly contactIds: readonly string[];
  }[];
}

/** An overview as of now. */
export function overviewOf(floor: RoutingEngine, journeys: ContactLifecycle): CentreOverview {
  const waiting = [...journeys.contacts.values()].filter(
    ({ state, isPaused }) => state === 'waiting' && !isPaused,
  );
  const byQueue = Map.groupBy(waiting.sort(compareRank), ({ queue }) => queue);
  return {
    queues: [...floor.queues.values()].map((queue) => ({
      id: queue.id,
      arn: queue.arn,
      name: queue.name,
      contactIds: (byQueue.get(queue) ?? []).map(contactIdOf),
    })),
    agents: [...floor.agents.values()].map(({ spec, concurrency, isAway, contacts }) => ({
      id: spec.id,
      concurrency,
      isAway,
      contactIds: [...contacts].map(contactIdOf),
    })),
  };
}

function contactIdOf({ source }: Contact): string {
  return source.contactId;
}
