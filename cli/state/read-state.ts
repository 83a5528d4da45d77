import { ConnectClient } from '@aws-sdk/client-connect';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ConfigurationTable } from '../../lambda/aws/configuration-table.ts';
import { ContactsTable } from '../../lambda/aws/contacts-table.ts';
import { QueueStateTable } from '../../lambda/aws/queue-state-table.ts';
import type { CompiledConfiguration, NamedPart } from '../../lambda/domain/configuration/compiled.ts';
import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { currentQueue } from '../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { defined } from '../../lambda/domain/json.ts';
import { type QueueState, queueStateKey } from '../../lambda/domain/queue/queue-state.ts';
import { DEFAULT_SETTINGS } from '../../lambda/domain/settings.ts';
import { callAws } from '../aws/call-aws.ts';
import { clientConfig } from '../aws/clients.ts';
import { inForceFrom } from '../aws/configuration-in-force.ts';
import { warnOfOtherVersion } from '../aws/deployed-version.ts';
import { findDeployment } from '../aws/deployment.ts';
import { endpointTime } from '../aws/endpoint-clock.ts';
import { listQueues } from '../aws/list-queues.ts';
import { withClient } from '../aws/with-client.ts';
import type { CommandIo } from '../command-io.ts';
import { AwsError } from '../errors.ts';
import type { AwsOptions, PrefixOptions } from '../options/aws.ts';
import { type BuiltState, buildState } from './build-state.ts';
import type { OutsideFigures } from './outside/outside-figures.ts';
import type { OutsideReader } from './outside/outside-reader.ts';
import { PolicyAuthorReader, type PolicyAuthors } from './outside/policy-authors.ts';
import { type CacheLimits, RecordCache } from './record-cache.ts';

export interface ReadStateOptions extends AwsOptions, PrefixOptions {
  /** Contacts that are read at most. */
  readonly maxContacts: number;
}

/** The state, and the records behind it. */
export interface ReadState extends BuiltState {
  readonly records: readonly ContactRecord[];
  /** Contacts that have left since the last look. */
  readonly left: readonly ContactRecord[];
  /** Undefined where no configuration can be read. */
  readonly compiled?: CompiledConfiguration;
}

/** A deployment whose state is read again and again. */
export interface StateReader {
  /**
   * @param shown - contacts whose records are read in any case. Of the others a record may be a minute old.
   * @throws AwsError when a request fails.
   */
  read(shown?: readonly ContactKey[]): Promise<ReadState>;
  /**
   * The record of a contact, whether it waits or not.
   *
   * @returns undefined where no event of it has arrived.
   * @throws AwsError when a request fails.
   */
  load(key: ContactKey): Promise<ContactRecord | undefined>;
  /**
   * What the table does not tell, not read again within a minute. What cannot be read is said in it.
   *
   * @param now - milliseconds since the epoch.
   */
  figures(now: number): Promise<OutsideFigures>;
  /**
   * Who wrote the policies in force. What cannot be read is said in it.
   *
   * @param now - milliseconds since the epoch.
   */
  authors(policies: readonly NamedPart[], now: number): Promise<PolicyAuthors>;
  /** Ends the connections. */
  close(): void;
}

/** How much of the records a look reads. */
export const RECORD_LIMITS = { maxReads: 1_000, maxAgeMs: 60_000 } as const satisfies Omit<
  CacheLimits,
  'maxContacts'
>;

/**
 * Finds a deployment, and the names of its queues where they may be listed.
 *
 * @throws AwsError when a request fails.
 */
export async function openStateReader(options: ReadStateOptions, io: CommandIo): Promise<StateReader> {
  const deployment = await findDeployment(options);
  warnOfOtherVersion(deployment, io);
  const { contactsTable: table, instanceIds: instances = [], version } = deployment;
  const { queueNames, region } = await readNames(instances, options, io);
  const client = new DynamoDBClient(clientConfig(options));
  const store = new ContactsTable(client, table, (key) => cache.reportUnreadable(key));
  const { maxContacts } = options;
  const cache = new RecordCache(store, instances, { maxContacts, ...RECORD_LIMITS });
  const configurations = new ConfigurationTable(client, table);
  const queueStates = new QueueStateTable(client, table);
  const authors = new PolicyAuthorReader(options);
  let outside: OutsideReader | undefined;
  return {
    async read(shown = []) {
      const at = await endpointTime(options, io);
      return callAws(`read the table ${table}`, async () => {
        const configuration = inForceFrom(await configurations.load());
        const { records, left, isPartial, unreadable } = await cache.look(shown, at);
        const built = buildState(
          {
            at,
            ...defined({ version }),
            instances,
            region,
            configuration,
            records,
            queueStates: await readQueueStates(queueStates, records),
            queueNames,
            isPartial,
            unreadable,
          },
          DEFAULT_SETTINGS,
        );
        return { ...built, records, left, ...defined({ compiled: configuration?.compiled }) };
      });
    },
    async load(key) {
      const { record, revision } = await callAws(`read the table ${table}`, () => store.load(key));
      return revision > 0 ? record : undefined;
    },
    async figures(now) {
      const { OutsideReader } = await import('./outside/outside-reader.ts');
      outside ??= new OutsideReader(deployment, options);
      return outside.read(now);
    },
    authors: (policies, now) => authors.read(policies, now),
    close() {
      client.destroy();
      authors.close();
    },
  };
}

/** What the queues have in which contacts wait, by `queueStateKey`. */
async function readQueueStates(
  queueStates: QueueStateTable,
  records: readonly ContactRecord[],
): Promise<ReadonlyMap<string, QueueState>> {
  const arns = new Map<string, string>();
  for (const { facts } of records) {
    const queue = currentQueue(facts);
    if (queue) arns.set(queueStateKey(queue.arn), queue.arn);
  }
  const found = await Promise.all(
    [...arns].map(async ([key, arn]) => [key, (await queueStates.load(arn)).state] as const),
  );
  return new Map(found);
}

/** The names of the queues by their ids; none where Connect does not list them, which is said. */
async function readNames(instanceIds: readonly string[], options: AwsOptions, io: CommandIo) {
  return withClient(ConnectClient, options, async (client) => {
    const region = await callAws('find the Region', () => client.config.region());
    const queueNames = new Map<string, string>();
    try {
      for (const { id, name } of await listQueues(client, instanceIds))
        if (id && name) queueNames.set(id, name);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      io.err(`escalator: The queues are shown by their ids. ${error.message}\n`);
    }
    return { queueNames, region };
  });
}
