import {
  type ConnectClient,
  type ContactSearchSummary,
  SearchContactsCommand,
} from '@aws-sdk/client-connect';
import type { FoundContact } from '../domain/contact/adoption.ts';
import { defined } from '../domain/json.ts';
import type { ContactSearch, SearchPage, TimeRange } from '../flow/adopt.ts';
import { timeOf } from './connect.ts';

/** SearchContacts of Amazon Connect. */
export class SearchContacts implements ContactSearch {
  readonly #client: ConnectClient;

  constructor(client: ConnectClient) {
    this.#client = client;
  }

  async page(
    instanceId: string,
    { from, to }: TimeRange,
    nextToken: string | undefined,
  ): Promise<SearchPage> {
    const { Contacts = [], NextToken } = await this.#client.send(
      new SearchContactsCommand({
        InstanceId: instanceId,
        TimeRange: { Type: 'INITIATION_TIMESTAMP', StartTime: new Date(from), EndTime: new Date(to) },
        SearchCriteria: {
          AdditionalTimeRange: {
            Criteria: [{ TimestampCondition: { Type: 'DISCONNECT_TIMESTAMP', ConditionType: 'NOT_EXISTS' } }],
            MatchType: 'MATCH_ALL',
          },
        },
        MaxResults: 100,
        NextToken: nextToken,
      }),
    );
    return {
      contacts: Contacts.flatMap((summary) => foundContact(summary) ?? []),
      ...defined({ nextToken: NextToken }),
    };
  }
}

function foundContact(summary: ContactSearchSummary): FoundContact | undefined {
  const { Id, Channel, QueueInfo, AgentInfo, DisconnectTimestamp, GlobalResiliencyMetadata } = summary;
  if (!Id) return undefined;
  return defined({
    contactId: Id,
    channel: Channel,
    queueId: QueueInfo?.Id,
    enqueuedAt: timeOf(QueueInfo?.EnqueueTimestamp),
    connectedAt: timeOf(AgentInfo?.ConnectedToAgentTimestamp),
    disconnectedAt: timeOf(DisconnectTimestamp),
    activeRegion: GlobalResiliencyMetadata?.ActiveRegion ?? GlobalResiliencyMetadata?.OriginRegion,
  });
}
