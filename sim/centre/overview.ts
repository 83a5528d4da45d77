import { compareRank } from './contact.ts';
import type { ContactLifecycle } from './contact-lifecycle.ts';
import type { Contact } from './entities.ts';
import type { RoutingEngine } from './routing-engine.ts';

/** The waiting contacts of each queue and the contacts of each agent at a moment. */
export interface CentreOverview {
  readonly queues: readonly {
    readonly id: string;
    readonly arn: string;
    readonly name: string;
    /** By rank, without paused contacts. */
    readonly contactIds: readonly string[];
  }[];
  readonly agents: readonly {
    readonly id: string;
    readonly concurrency: number;
    /** An agent who is away finishes current contacts and is offered no others. */
    readonly isAway: boolean;
    /** After-contact work included. */
    readonly contactIds: readonly string[];
  }[];
}

export function overviewOf(routingEngine: RoutingEngine, lifecycle: ContactLifecycle): CentreOverview {
  const waiting = [...lifecycle.contacts.values()].filter(
    ({ state, isPaused }) => state === 'waiting' && !isPaused,
  );
  const byQueue = Map.groupBy(waiting.sort(compareRank), ({ queue }) => queue);
  return {
    queues: [...routingEngine.queues.values()].map((queue) => ({
      id: queue.id,
      arn: queue.arn,
      name: queue.name,
      contactIds: (byQueue.get(queue) ?? []).map(contactIdOf),
    })),
    agents: [...routingEngine.agents.values()].map(({ spec, concurrency, isAway, contacts }) => ({
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
