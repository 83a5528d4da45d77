import type { CriteriaProgress, DescribedContact } from '../../sim/centre/index.ts';

/**
 * The `Contact` structure of DescribeContact, with the members that the centre knows. Times are seconds since
 * the epoch, with fractions, as in the protocol (restJson1).
 */
export function contactResponse(contact: DescribedContact, instanceArn: string): object {
  const { agent, criteria, segmentAttributes } = contact;
  // JSON.stringify drops the members that are undefined.
  return {
    Arn: `${instanceArn}/contact/${contact.contactId}`,
    Id: contact.contactId,
    InitialContactId: contact.initialContactId,
    PreviousContactId: contact.previousContactId,
    InitiationMethod: contact.initiationMethod,
    Channel: contact.channel,
    QueueInfo: { Id: contact.queue.id, EnqueueTimestamp: seconds(contact.queue.enqueuedAt) },
    AgentInfo: agent && { Id: agent.id, ConnectedToAgentTimestamp: seconds(agent.connectedAt) },
    InitiationTimestamp: seconds(contact.initiatedAt),
    ConnectedToSystemTimestamp: seconds(contact.initiatedAt),
    DisconnectTimestamp: seconds(contact.disconnectedAt),
    LastPausedTimestamp: seconds(contact.pausedAt),
    LastResumedTimestamp: seconds(contact.resumedAt),
    QueuePriority: contact.priority,
    QueueTimeAdjustmentSeconds: contact.ageSeconds,
    RoutingCriteria: criteria && criteriaResponse(criteria),
    Tags: contact.tags,
    Attributes: contact.attributes,
    SegmentAttributes: Object.fromEntries(
      Object.entries(segmentAttributes).map(([name, ValueString]) => [name, { ValueString }]),
    ),
  };
}

function criteriaResponse({ criteria, statuses, expiresAt, activatedAt, index }: CriteriaProgress): object {
  return {
    Steps: criteria.Steps.map(({ Expression, Expiry }, step) => ({
      Expiry: Expiry && {
        DurationInSeconds: Expiry.DurationInSeconds,
        ExpiryTimestamp: seconds(expiresAt[step]),
      },
      Expression,
      Status: statuses[step],
    })),
    ActivationTimestamp: seconds(activatedAt),
    Index: index,
  };
}

function seconds(at: number | undefined): number | undefined {
  return at === undefined ? undefined : at / 1_000;
}
