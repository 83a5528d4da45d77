import { ConnectClient } from '@aws-sdk/client-connect';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SearchContacts } from '../../lambda/aws/contact-search.ts';
import { ContactsTable } from '../../lambda/aws/contacts-table.ts';
import type { Deployment } from '../../lambda/aws/deployment.ts';
import { sendMessages } from '../../lambda/aws/queues.ts';
import { type AdoptPorts, adoptMessage, type FoundWaiting, findWaiting } from '../../lambda/flow/adopt.ts';
import { callAws } from '../aws/call-aws.ts';
import { clientConfig } from '../aws/clients.ts';
import { warnOfOtherVersion } from '../aws/deployed-version.ts';
import { findDeployment } from '../aws/deployment.ts';
import { endpointTime } from '../aws/endpoint-clock.ts';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import type { AwsOptions, PrefixOptions } from '../options/aws.ts';
import { retryThrottled } from '../parameters/pacing.ts';
import { createProgress } from '../progress.ts';
import { type Adoption, formatAdoption, toAdoptionJson } from './format.ts';

export interface AdoptOptions extends AwsOptions, PrefixOptions {
  /** How many days ago contacts may have been initiated. */
  readonly days: number;
  readonly instanceId?: readonly string[];
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const DAY_MS = 86_400_000;

/**
 * `escalator adopt`: finds contacts that wait and that the system does not know, and has it ask Connect about each. With
 * `--dry-run` it exits with 1 if there are any.
 *
 * @throws UsageError when an option is not usable, AwsError when a request fails: what was found before it was sent.
 */
export async function adopt(options: AdoptOptions, io: CommandIo): Promise<ExitCode> {
  const deployment = await findDeployment(options);
  warnOfOtherVersion(deployment, io);
  const instanceIds = instancesOf(options, deployment);
  const now = await endpointTime(options, io);
  const { dryRun = false } = options;
  const clients = createClients(options);
  const { operatorMessagesQueueUrl, contactsTable } = deployment;
  const progress = createProgress(io);
  const unknown: FoundWaiting[] = [];
  let waiting = 0;
  try {
    const ports = await adoptPorts(clients, contactsTable, io);
    for await (const { contacts } of findWaiting(
      instanceIds,
      { from: now - options.days * DAY_MS, to: now },
      ports,
    )) {
      const found = contacts.filter(({ isUnknown }) => isUnknown);
      if (!dryRun && found.length > 0) {
        await callAws('send what was found', () =>
          sendMessages(clients.sqs, operatorMessagesQueueUrl, found.map(adoptMessage)),
        );
      }
      waiting += contacts.length;
      unknown.push(...found);
      progress.show(`${waiting} contacts found that wait, ${unknown.length} of them unknown`);
    }
  } finally {
    progress.end();
    for (const client of Object.values(clients)) client.destroy();
  }
  const adoption: Adoption = { waiting, unknown, dryRun };
  io.out(
    options.json ? `${JSON.stringify(toAdoptionJson(adoption), null, 2)}\n` : formatAdoption(adoption, now),
  );
  return dryRun && unknown.length > 0 ? EXIT.problems : EXIT.ok;
}

function instancesOf({ instanceId }: AdoptOptions, { instanceIds = [] }: Deployment): readonly string[] {
  const unserved = instanceId?.find((id) => !instanceIds.includes(id));
  if (unserved === undefined) return instanceId ?? instanceIds;
  throw new UsageError(
    `--instance-id is ${JSON.stringify(unserved)}: expected one of the deployment, ${instanceIds.join(', ')}.`,
  );
}

function createClients(options: AwsOptions) {
  const config = clientConfig(options);
  return {
    connect: new ConnectClient(config),
    dynamoDb: new DynamoDBClient(config),
    sqs: new SQSClient(config),
  };
}

async function adoptPorts(
  { connect, dynamoDb }: ReturnType<typeof createClients>,
  table: string,
  io: CommandIo,
): Promise<AdoptPorts> {
  const search = new SearchContacts(connect);
  const contacts = new ContactsTable(dynamoDb, table);
  return {
    search: {
      page: (...given) =>
        callAws('search for contacts', () => retryThrottled(io, () => search.page(...given))),
    },
    contacts: {
      loadMany: (keys) => callAws(`read the table ${table}`, () => contacts.loadMany(keys)),
    },
    sleep: (durationMs) => io.sleep(durationMs),
    region: await callAws('find the Region', () => connect.config.region()),
  };
}
