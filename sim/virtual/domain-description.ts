import { defined } from '../../lambda/domain/json.ts';
import type { ContactDescription } from '../../lambda/domain/reconcile/description.ts';
import type { DescribedContact as CentreDescription } from '../centre/index.ts';

/** A contact of the centre in the form that the domain reads from DescribeContact. */
export function domainDescription(contact: CentreDescription, instanceArn: string): ContactDescription {
  const { priority, ageSeconds, criteria, attributes, agent, segmentAttributes, tags } = contact;
  const { initialContactId, previousContactId, channel, initiationMethod, initiatedAt } = contact;
  const { disconnectedAt, pausedAt, resumedAt, queue } = contact;
  return {
    routing: { priority, ageSeconds, ...defined({ criteria: criteria?.criteria }) },
    attributes,
    queue: { arn: `${instanceArn}/queue/${queue.id}`, enqueuedAt: queue.enqueuedAt },
    channel,
    initiationMethod,
    initiatedAt,
    tags,
    segmentAttributes,
    ...defined({
      initialContactId,
      previousContactId,
      connectedAt: agent?.connectedAt,
      disconnectedAt,
      pausedAt,
      resumedAt,
    }),
  };
}
