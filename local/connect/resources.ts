import type { AgentSpec, ContactCentre } from '../../sim/centre/index.ts';
import type { LocalService } from '../endpoint/http.ts';
import { createRestService, notFound } from '../endpoint/rest-service.ts';

/** Paths of the operations that {@link createConnectResources} has. */
export const RESOURCE_PATH = /^\/(instance|queues-summary|users-summary|predefined-attributes)\//;

/** What tools ask Connect of an instance: its state, its queues, its users, and the attributes of their proficiencies. */
export function createConnectResources(
  centre: ContactCentre,
  agents: readonly AgentSpec[],
  clock: () => number,
): LocalService {
  const requireInstance = (id: string | undefined) => {
    if (id !== centre.instance.id) throw notFound(`There is no instance ${id}.`);
  };
  const attributes = proficienciesOf(agents);
  const list = (collection: string, result: () => object) => ({
    method: 'GET',
    path: new RegExp(`^/${collection}/(?<instanceId>[^/]+)$`),
    handle({ instanceId }: Readonly<Record<string, string>>) {
      requireInstance(instanceId);
      return result();
    },
  });
  return createRestService('Amazon Connect', [
    list('instance', () => ({
      Instance: { Id: centre.instance.id, Arn: centre.instanceArn, InstanceStatus: 'ACTIVE' },
    })),
    list('queues-summary', () => ({
      QueueSummaryList: centre
        .overview(clock())
        .queues.map(({ id, arn, name }) => ({ Id: id, Arn: arn, Name: name, QueueType: 'STANDARD' })),
    })),
    list('users-summary', () => ({
      UserSummaryList: centre.overview(clock()).agents.map(({ id }) => ({
        Id: id,
        Arn: `${centre.instanceArn}/agent/${id}`,
        Username: id,
      })),
    })),
    list('predefined-attributes', () => ({
      PredefinedAttributeSummaryList: [...attributes.keys()].map((Name) => ({ Name })),
    })),
    {
      method: 'GET',
      path: /^\/predefined-attributes\/(?<instanceId>[^/]+)\/(?<name>[^/]+)$/,
      handle({ instanceId, name = '' }) {
        requireInstance(instanceId);
        const values = attributes.get(name);
        if (!values) throw notFound(`There is no predefined attribute ${name}.`);
        return { PredefinedAttribute: { Name: name, Values: { StringList: [...values] } } };
      },
    },
  ]);
}

/** The values of each attribute that some agent has. */
function proficienciesOf(agents: readonly AgentSpec[]): ReadonlyMap<string, ReadonlySet<string>> {
  const attributes = new Map<string, Set<string>>();
  for (const { proficiencies = {} } of agents) {
    for (const [name, levels] of Object.entries(proficiencies)) {
      const values = attributes.get(name) ?? new Set();
      for (const value of Object.keys(levels)) values.add(value);
      attributes.set(name, values);
    }
  }
  return attributes;
}
