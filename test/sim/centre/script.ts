import { defined } from '../../../lambda/domain/json.ts';
import type { Expression, RoutingCriteria } from '../../../lambda/domain/routing/criteria.ts';
import type { AgentSpec, CentreOptions, ContactCentre } from '../../../sim/centre/index.ts';
import { agent, at, call, centreWith, secondsOf } from './fixture.ts';

type Step = readonly [second: number, act: (centre: ContactCentre, now: number) => void];

export interface CentreScript {
  readonly name: string;
  readonly agents: readonly AgentSpec[];
  readonly options?: Partial<CentreOptions>;
  readonly steps: readonly Step[];
  /** The end of each wait, by time and name: `second contact -> agent` or `second contact: end of wait`. */
  readonly expected: readonly string[];
}

export function runScript({ agents, options, steps }: CentreScript): string[] {
  const { centre, finished } = centreWith({ agents, ...options });
  for (const [second, act] of steps) act(centre, at(second));
  centre.advance(at(100_000));
  return finished
    .toSorted((a, b) => a.leftAt - b.leftAt || (a.contactId < b.contactId ? -1 : 1))
    .map(({ contactId, leftAt, agentId, waitEnd }) =>
      agentId === undefined
        ? `${secondsOf(leftAt)} ${contactId}: ${waitEnd}`
        : `${secondsOf(leftAt)} ${contactId} -> ${agentId}`,
    );
}

export const arrive =
  (...arrivals: Parameters<typeof call>[]) =>
  (centre: ContactCentre, now: number) => {
    for (const arrival of arrivals) centre.arrive(now, call(...arrival));
  };
export const update =
  (contactId: string, change: Parameters<ContactCentre['updateRouting']>[2]) =>
  (centre: ContactCentre, now: number) =>
    centre.updateRouting(now, contactId, change);

export function criteria(...steps: (readonly [Expression, seconds?: number])[]): RoutingCriteria {
  return {
    Steps: steps.map(([Expression, seconds]) => ({
      Expression,
      ...defined({ Expiry: seconds === undefined ? undefined : { DurationInSeconds: seconds } }),
    })),
  };
}

export const busy: Step = [0, arrive(['first', { handlingMs: 100_000 }])];
export const one = [agent('ann')];
export const speaker = (id: string, level: number) =>
  agent(id, { proficiencies: { Language: { English: level } } });
