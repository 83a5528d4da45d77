import { defined } from '../../lambda/domain/json.ts';
import type { ContactDescription } from '../../lambda/domain/reconcile/description.ts';
import type { DescribedContact as CentreDescription } from '../centre/index.ts';

/** A contact of the centre in the form that the domain reads from DescribeContact. */
export function domainDescription(contact: CentreDescription): ContactDescription {
  const { priority, ageSeconds, criteria, attributes, agent, disconnectedAt } = contact;
  return {
    routing: { priority, ageSeconds, ...defined({ criteria: criteria?.criteria }) },
    attributes,
    ...defined({ connectedAt: agent?.connectedAt, disconnectedAt }),
  };
}
