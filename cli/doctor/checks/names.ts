import {
  ConnectClient,
  DescribePredefinedAttributeCommand,
  paginateListPredefinedAttributes,
  paginateListQueues,
  paginateListUsers,
} from '@aws-sdk/client-connect';
import { calendarsInForce } from '../../../lambda/domain/configuration/build.ts';
import type { CompiledConfiguration } from '../../../lambda/domain/configuration/compiled.ts';
import { plural } from '../../format.ts';
import { allItems, type Examination, withClient } from '../examination.ts';
import { ok, type Verdict, warning } from '../finding.ts';
import { type Reference, referencesOf } from './referenced-names.ts';

/** The policies that name something. */
interface Named {
  readonly reference: Reference;
  readonly policies: ReadonlySet<string>;
}

/** The queues, agents, attributes and their values that policies in force name, and Connect does not know. */
export async function checkNames(
  { options, inForce }: Examination,
  instanceIds: readonly string[],
): Promise<Verdict[]> {
  const named = collect(inForce?.compiled ?? { policies: [] });
  if (named.length === 0)
    return [ok('No policy in force names a queue, an agent or an attribute of Connect.')];
  const known = await withClient(ConnectClient, options, (client) => readKnown(client, instanceIds, named));
  const unknown = named.filter(({ reference }) => !isKnown(reference, known));
  if (unknown.length === 0) {
    return [ok(`Connect knows all ${plural(named.length, 'name')} in the policies in force.`)];
  }
  return unknown.map(({ reference, policies }) =>
    warning(
      `Connect does not know ${describe(reference)} (${[...policies].join(', ')}).`,
      'Correct the policy, or create it in Connect: until then the policy has no effect there.',
    ),
  );
}

function collect({
  policies,
  calendars = [],
}: Pick<CompiledConfiguration, 'policies' | 'calendars'>): Named[] {
  const existing = calendarsInForce(calendars);
  const found = new Map<string, { reference: Reference; policies: Set<string> }>();
  for (const policy of policies) {
    for (const reference of referencesOf(policy, existing)) {
      const key = JSON.stringify(reference);
      const named = found.get(key) ?? { reference, policies: new Set<string>() };
      named.policies.add(policy.name);
      found.set(key, named);
    }
  }
  return [...found.values()];
}

function describe(reference: Reference): string {
  return reference.kind === 'attribute'
    ? `the attribute ${reference.name} with the value ${reference.value}`
    : `the ${reference.kind} ${reference.id}`;
}

/** What the instances have, of what is named. */
interface Known {
  readonly queues: ReadonlySet<string>;
  readonly agents: ReadonlySet<string>;
  /** The values of each attribute. */
  readonly attributes: ReadonlyMap<string, ReadonlySet<string>>;
}

function isKnown(reference: Reference, { queues, agents, attributes }: Known): boolean {
  if (reference.kind === 'queue') return queues.has(reference.id);
  if (reference.kind === 'agent') return agents.has(reference.id);
  return attributes.get(reference.name)?.has(reference.value) === true;
}

/** Asks only for the kinds that are named: each list costs requests at two a second. */
async function readKnown(
  client: ConnectClient,
  instanceIds: readonly string[],
  named: readonly Named[],
): Promise<Known> {
  const queues = new Set<string>();
  const agents = new Set<string>();
  const attributes = new Map<string, Set<string>>();
  const namesKind = (kind: Reference['kind']) => named.some(({ reference }) => reference.kind === kind);
  for (const InstanceId of instanceIds) {
    if (namesKind('queue')) for (const id of await listQueues(client, InstanceId)) queues.add(id);
    if (namesKind('agent')) for (const id of await listAgents(client, InstanceId)) agents.add(id);
    if (!namesKind('attribute')) continue;
    const existing = await listAttributes(client, InstanceId);
    for (const name of namedAttributes(named)) {
      if (!existing.has(name)) continue;
      const values = await readValues(client, InstanceId, name);
      attributes.set(name, new Set([...values, ...(attributes.get(name) ?? [])]));
    }
  }
  return { queues, agents, attributes };
}

function namedAttributes(named: readonly Named[]): Set<string> {
  return new Set(named.flatMap(({ reference }) => (reference.kind === 'attribute' ? [reference.name] : [])));
}

async function listQueues(client: ConnectClient, InstanceId: string): Promise<string[]> {
  const pages = paginateListQueues({ client, pageSize: 1_000 }, { InstanceId });
  const queues = await allItems(pages, (page) => page.QueueSummaryList);
  return queues.flatMap(({ Id }) => Id ?? []);
}

async function listAgents(client: ConnectClient, InstanceId: string): Promise<string[]> {
  const pages = paginateListUsers({ client, pageSize: 1_000 }, { InstanceId });
  const users = await allItems(pages, (page) => page.UserSummaryList);
  return users.flatMap(({ Id }) => Id ?? []);
}

async function listAttributes(client: ConnectClient, InstanceId: string): Promise<Set<string>> {
  const pages = paginateListPredefinedAttributes({ client, pageSize: 100 }, { InstanceId });
  const attributes = await allItems(pages, (page) => page.PredefinedAttributeSummaryList);
  return new Set(attributes.flatMap(({ Name }) => Name ?? []));
}

async function readValues(client: ConnectClient, InstanceId: string, Name: string): Promise<string[]> {
  const { PredefinedAttribute: attribute } = await client.send(
    new DescribePredefinedAttributeCommand({ InstanceId, Name }),
  );
  return attribute?.Values?.StringList ?? [];
}
