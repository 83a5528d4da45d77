import { CfnGlobalTable, CfnTable, type ITable } from 'aws-cdk-lib/aws-dynamodb';
import { type CfnResource, Stack } from 'aws-cdk-lib/core';
import { PENDING_INDEX, QUEUED_INDEX, TABLE } from '../lambda/aws/table-schema.ts';

/** The parts of a table of CloudFormation that matter here. */
interface TableShape {
  readonly keySchema?: readonly KeyElement[];
  readonly attributeDefinitions?: readonly {
    readonly attributeName: string;
    readonly attributeType: string;
  }[];
  readonly globalSecondaryIndexes?: readonly IndexShape[];
  readonly timeToLiveSpecification?: { readonly attributeName?: string; readonly enabled?: boolean };
}

interface KeyElement {
  readonly attributeName: string;
  readonly keyType: string;
}

interface IndexShape {
  readonly indexName: string;
  readonly keySchema: readonly KeyElement[];
  readonly projection: { readonly projectionType?: string; readonly nonKeyAttributes?: readonly string[] };
}

const INDEXES = [
  {
    ...PENDING_INDEX,
    keys: `${PENDING_INDEX.partitionKey} (S), ${PENDING_INDEX.sortKey} (S)`,
    projected: [],
  },
  {
    ...QUEUED_INDEX,
    keys: `${QUEUED_INDEX.partitionKey} (S), ${QUEUED_INDEX.sortKey} (N)`,
    projected: [QUEUED_INDEX.reconcileAt],
  },
];

/**
 * Compares a table that the user gives with the one that the handlers need. Of a table that is imported by its name or
 * ARN nothing is known, so it has no problems here: on a wrong one the functions fail, and alarms say so.
 *
 * @returns the problems, as sentences.
 */
export function tableProblems(table: ITable): string[] {
  const resource = table.node.defaultChild;
  if (!(resource instanceof CfnTable || resource instanceof CfnGlobalTable)) return [];
  const shape = shapeOf(resource);
  const expectedKey = `${TABLE.partitionKey} (S)`;
  const key = formatKeys(shape, shape.keySchema);
  return [
    ...(key === expectedKey ? [] : [`The key of the table is ${key}; expected ${expectedKey}.`]),
    ...INDEXES.flatMap((index) => indexProblems(shape, index)),
    ...ttlProblems(shape),
  ];
}

function indexProblems(shape: TableShape, { name, keys, projected }: (typeof INDEXES)[number]): string[] {
  const found = shape.globalSecondaryIndexes?.find(({ indexName }) => indexName === name);
  if (!found) return [`The table has no index "${name}"; expected one with the keys ${keys}.`];
  const foundKeys = formatKeys(shape, found.keySchema);
  if (foundKeys !== keys) return [`The index "${name}" has the keys ${foundKeys}; expected ${keys}.`];
  const { projectionType, nonKeyAttributes = [] } = found.projection;
  return projected
    .filter((attribute) => projectionType !== 'ALL' && !nonKeyAttributes.includes(attribute))
    .map((attribute) => `The index "${name}" does not project ${attribute}; expected it to.`);
}

function ttlProblems({ timeToLiveSpecification: ttl }: TableShape): string[] {
  if (ttl?.enabled && ttl.attributeName === TABLE.ttl) return [];
  return [`Items of the table do not expire by ${TABLE.ttl}; expected it as the time-to-live attribute.`];
}

/** Such as `pk (S)`. */
function formatKeys({ attributeDefinitions }: TableShape, keys: readonly KeyElement[] = []): string {
  const type = (name: string) =>
    attributeDefinitions?.find(({ attributeName }) => attributeName === name)?.attributeType;
  return keys.map(({ attributeName }) => `${attributeName} (${type(attributeName)})`).join(', ');
}

function shapeOf(resource: CfnTable | CfnGlobalTable): TableShape {
  const { keySchema, attributeDefinitions, globalSecondaryIndexes, timeToLiveSpecification } = resource;
  const members = { keySchema, attributeDefinitions, globalSecondaryIndexes, timeToLiveSpecification };
  return Stack.of(resource as CfnResource).resolve(members);
}
