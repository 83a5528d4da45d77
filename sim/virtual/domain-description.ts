import type { ContactDescription } from '../../lambda/domain/reconcile/description.ts';
import type { DescribedContact as CentreDescription } from '../centre/index.ts';

/** What the centre says of a contact, as the domain takes it from DescribeContact. */
export function domainDescription(contact: CentreDescription): ContactDescription {
  const { priority, ageSeconds, criteria, attributes, agent, disconnectedAt } = contact;
  return {
    routing: { priority, ageSeconds, ...(criteria ? { criteria: criteria.criteria } : {}) },
    attributes,
    ...(agent ? { connectedAt: agent.connectedAt } : {}),
    ...(disconnectedAt === undefined ? {} : { disconnectedAt }),
  };
}
