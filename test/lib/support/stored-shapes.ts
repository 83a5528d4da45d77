import type { Template } from 'aws-cdk-lib/assertions';
import {
  CONFIGURATION_KEY_PREFIX,
  FAN_OUT_KEY_PREFIX,
  IDEMPOTENCY_KEY_PREFIX,
  QUOTA_KEY,
  SWEEP_KEY,
} from '../../../lambda/aws/table-schema.ts';
import { RECORD_SCHEMA_VERSION } from '../../../lambda/domain/contact/record.ts';

/** What outlives a deployment, or has a name that others know. */
export interface StoredShapes {
  /** By logical ID: another one is another, empty table. */
  readonly tables: Readonly<Record<string, { readonly keys: readonly string[]; readonly ttl: string }>>;
  readonly indexes: Readonly<Record<string, IndexShape>>;
  /** By logical ID: another one is another queue, with another URL. */
  readonly queues: Readonly<Record<string, { readonly fifo: boolean }>>;
  /** The names of the SSM parameters that the stack writes, by logical ID. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The version of contact records that is written. */
  readonly recordSchemaVersion: number;
  /** How the partition keys of items that are no contacts begin. */
  readonly keyPrefixes: readonly string[];
}

interface IndexShape {
  readonly keys: readonly string[];
  readonly projection: readonly string[];
}

interface KeySchema {
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[];
}

/** The stored shapes of a stack. */
export function storedShapes(template: Template): StoredShapes {
  const ofType = (type: string) => Object.entries(template.findResources(type));
  const tables = ofType('AWS::DynamoDB::GlobalTable');
  const indexes = tables.flatMap(([, { Properties }]) => {
    const types = typesOf(Properties.AttributeDefinitions);
    return Properties.GlobalSecondaryIndexes.map((index: IndexProperties) => [
      index.IndexName,
      {
        keys: keysOf(index, types),
        projection: [index.Projection.ProjectionType, ...(index.Projection.NonKeyAttributes ?? [])],
      },
    ]);
  });
  return {
    tables: Object.fromEntries(
      tables.map(([id, { Properties }]) => [
        id,
        {
          keys: keysOf(Properties, typesOf(Properties.AttributeDefinitions)),
          ttl: Properties.TimeToLiveSpecification.AttributeName,
        },
      ]),
    ),
    indexes: Object.fromEntries(indexes),
    queues: Object.fromEntries(
      ofType('AWS::SQS::Queue').map(([id, { Properties }]) => [id, { fifo: Properties.FifoQueue === true }]),
    ),
    parameters: Object.fromEntries(
      ofType('AWS::SSM::Parameter').map(([id, { Properties }]) => [id, Properties.Name]),
    ),
    recordSchemaVersion: RECORD_SCHEMA_VERSION,
    keyPrefixes: [CONFIGURATION_KEY_PREFIX, QUOTA_KEY, IDEMPOTENCY_KEY_PREFIX, SWEEP_KEY, FAN_OUT_KEY_PREFIX],
  };
}

interface IndexProperties extends KeySchema {
  readonly IndexName: string;
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
}

function typesOf(definitions: readonly { AttributeName: string; AttributeType: string }[]) {
  return new Map(definitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]));
}

function keysOf({ KeySchema }: KeySchema, types: ReadonlyMap<string, string>): string[] {
  return KeySchema.map(
    ({ AttributeName, KeyType }) => `${KeyType} ${AttributeName} ${types.get(AttributeName)}`,
  );
}

/**
 * What an upgrade from one release cannot do, or what its users must read about and cannot, as sentences.
 *
 * @param guide - the part of docs/upgrading.md on the upgrade from that release.
 */
export function upgradeProblems(before: StoredShapes, after: StoredShapes, guide: string): string[] {
  const changed = (kind: 'tables' | 'indexes' | 'queues' | 'parameters') =>
    Object.entries(before[kind])
      .filter(([id, shape]) => id in after[kind] && JSON.stringify(after[kind][id]) !== JSON.stringify(shape))
      .map(([id]) => `${kind}: ${id} has another shape under its old name: give it a new name.`);
  const unexplained = (kind: 'indexes' | 'queues' | 'parameters') =>
    [...difference(before[kind], after[kind]), ...difference(after[kind], before[kind])]
      .filter((id) => !guide.includes(`\`${shortName(id)}\``))
      .map((id) => `${kind}: ${id} is new or gone: explain \`${shortName(id)}\` in docs/upgrading.md.`);
  const newIndexes = difference(after.indexes, before.indexes);
  return [
    ...difference(before.tables, after.tables).map(
      (id) => `tables: ${id} is gone: the system would forget who waits.`,
    ),
    ...changed('tables'),
    ...changed('indexes'),
    ...changed('queues'),
    ...changed('parameters'),
    ...unexplained('indexes'),
    ...unexplained('queues'),
    ...unexplained('parameters'),
    ...(newIndexes.length > 1
      ? [`indexes: DynamoDB creates one in an update, not ${newIndexes.length}: release them one by one.`]
      : []),
    ...recordProblems(before, after, guide),
    ...before.keyPrefixes
      .filter((prefix) => !after.keyPrefixes.includes(prefix))
      .map((prefix) => `keyPrefixes: items that begin with ${prefix} would be forgotten.`),
  ];
}

function recordProblems(before: StoredShapes, after: StoredShapes, guide: string): string[] {
  const [old, now] = [before.recordSchemaVersion, after.recordSchemaVersion];
  if (now < old) return [`recordSchemaVersion: ${now} cannot read the records of version ${old}.`];
  if (now === old || guide.includes(`\`schemaVersion\` ${now}`)) return [];
  return [`recordSchemaVersion: explain \`schemaVersion\` ${now} in docs/upgrading.md.`];
}

function difference(one: object, other: object): string[] {
  return Object.keys(one).filter((id) => !(id in other));
}

/** `EscalatorRuleMessagesWakeUpsDlq1A2B3C4D` is called `WakeUpsDlq`. */
function shortName(id: string): string {
  return id
    .replace(/[0-9A-F]{8}$/, '')
    .replace(/^Escalator(?:RuleMessages|ContactEvents|Dispatch|PolicyChanges)?(?=.)/, '');
}
