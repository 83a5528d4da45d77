import {
  type ConnectClient,
  DescribePredefinedAttributeCommand,
  ListPredefinedAttributesCommand,
  ListQueuesCommand,
  ListUsersCommand,
} from '@aws-sdk/client-connect';
import type { CommandIo } from '../command-io.ts';
import { retryThrottled } from '../parameters/pacing.ts';
import type { Name } from './references.ts';

/** What the instances have, of what is named. */
export interface Directory {
  /** The names of queues, by id. A queue of an agent has none. */
  readonly queues: ReadonlyMap<string, string>;
  /** The names of users, by id. */
  readonly agents: ReadonlyMap<string, string>;
  /** All attributes, with the values of those that are named. */
  readonly attributes: ReadonlyMap<string, ReadonlySet<string>>;
}

/** These APIs take two calls a second, which others use, too. */
const CALL_INTERVAL_MS = 550;

/**
 * Reads what instances of Connect have. Asks only for the kinds that are named, within the rate of these APIs.
 *
 * @throws whatever a request throws: ResourceNotFoundException where there is no such instance.
 */
export async function readDirectory(
  client: ConnectClient,
  instanceIds: readonly string[],
  names: readonly Name[],
  io: Pick<CommandIo, 'sleep'>,
): Promise<Directory> {
  const ask = createAsker(io);
  const kinds = new Set(names.map(({ kind }) => kind));
  const queues = new Map<string, string>();
  const agents = new Map<string, string>();
  const attributes = new Map<string, ReadonlySet<string>>();
  for (const InstanceId of instanceIds) {
    if (['queue', 'queue-name', 'queue-name-or-id'].some((kind) => kinds.has(kind as Name['kind']))) {
      await readPages(async (NextToken) => {
        const input = { InstanceId, NextToken, MaxResults: 1_000 };
        const page = await ask(() => client.send(new ListQueuesCommand(input)));
        for (const { Id, Name = '' } of page.QueueSummaryList ?? []) if (Id) queues.set(Id, Name);
        return page.NextToken;
      });
    }
    if (kinds.has('agent')) {
      await readPages(async (NextToken) => {
        const input = { InstanceId, NextToken, MaxResults: 1_000 };
        const page = await ask(() => client.send(new ListUsersCommand(input)));
        for (const { Id, Username = '' } of page.UserSummaryList ?? []) if (Id) agents.set(Id, Username);
        return page.NextToken;
      });
    }
    const named = new Set(names.flatMap((one) => (one.kind === 'attribute' ? [one.name] : [])));
    if (named.size === 0) continue;
    const existing = new Set<string>();
    await readPages(async (NextToken) => {
      const input = { InstanceId, NextToken, MaxResults: 100 };
      const page = await ask(() => client.send(new ListPredefinedAttributesCommand(input)));
      for (const { Name } of page.PredefinedAttributeSummaryList ?? []) if (Name) existing.add(Name);
      return page.NextToken;
    });
    for (const Name of existing) {
      const values = named.has(Name)
        ? (await ask(() => client.send(new DescribePredefinedAttributeCommand({ InstanceId, Name }))))
            .PredefinedAttribute?.Values?.StringList
        : [];
      attributes.set(Name, new Set([...(attributes.get(Name) ?? []), ...(values ?? [])]));
    }
  }
  return { queues, agents, attributes };
}

/** Sends requests one after another, no faster than the APIs take them, and again while they are throttled. */
function createAsker(io: Pick<CommandIo, 'sleep'>) {
  let isFirst = true;
  return async <T>(request: () => Promise<T>): Promise<T> => {
    if (!isFirst) await io.sleep(CALL_INTERVAL_MS);
    isFirst = false;
    return retryThrottled(io, request);
  };
}

async function readPages(read: (from: string | undefined) => Promise<string | undefined>): Promise<void> {
  let next: string | undefined;
  do next = await read(next);
  while (next);
}
