import {
  AttributeType,
  Billing,
  type ITable,
  ProjectionType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../lambda/aws/environment.ts';
import { PENDING_INDEX, QUEUED_INDEX, TABLE } from '../lambda/aws/table-schema.ts';
import { OTHER_ITEM_KINDS, type OtherItemKind } from '../lambda/domain/item-keys.ts';
import { tableProblems } from './adopted-table.ts';
import { ConfigError } from './config-error.ts';
import { grantKey } from './encryption.ts';

interface ContactsTableProps {
  /** A table that exists already, with the same keys and indexes. Default: a new one. */
  readonly table?: ITable | undefined;
  /** What happens to the table when the stack is deleted. Default: `RemovalPolicy.RETAIN`. */
  readonly removalPolicy?: RemovalPolicy | undefined;
  /** Whether DynamoDB refuses to delete the table. Default: false. */
  readonly deletionProtection?: boolean | undefined;
  /** Encrypts the table. Default: the key that AWS manages for DynamoDB. */
  readonly encryptionKey?: IKey | undefined;
}

/**
 * The only table: it holds contact records, with what is idempotent in them, the compiled configuration and the token
 * buckets.
 */
export class ContactsTable extends Construct {
  /** The DynamoDB table. */
  readonly table: ITable;

  /** @throws ConfigError if a property of a new table is given together with a table that exists. */
  constructor(scope: Construct, id: string, props: ContactsTableProps = {}) {
    super(scope, id);
    this.table = props.table ? adopt(this, props.table, props) : this.#create(props);
  }

  #create({ removalPolicy, deletionProtection, encryptionKey }: ContactsTableProps): ITable {
    return new TableV2(this, 'Table', {
      partitionKey: { name: TABLE.partitionKey, type: AttributeType.STRING },
      timeToLiveAttribute: TABLE.ttl,
      billing: Billing.onDemand(),
      encryption: encryptionKey
        ? TableEncryptionV2.customerManagedKey(encryptionKey)
        : TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: removalPolicy ?? RemovalPolicy.RETAIN,
      deletionProtection,
      globalSecondaryIndexes: [
        {
          indexName: PENDING_INDEX.name,
          partitionKey: { name: PENDING_INDEX.partitionKey, type: AttributeType.STRING },
          sortKey: { name: PENDING_INDEX.sortKey, type: AttributeType.STRING },
          projectionType: ProjectionType.KEYS_ONLY,
        },
        {
          indexName: QUEUED_INDEX.name,
          partitionKey: { name: QUEUED_INDEX.partitionKey, type: AttributeType.STRING },
          sortKey: { name: QUEUED_INDEX.sortKey, type: AttributeType.NUMBER },
          projectionType: ProjectionType.INCLUDE,
          nonKeyAttributes: [QUEUED_INDEX.reconcileAt],
        },
      ],
    });
  }

  /**
   * Allows a function to read and write single records, and to read the configuration, and sets the environment variable
   * with the table's name.
   */
  grantRecords(fn: LambdaFunction): void {
    this.#locate(fn);
    this.#allowItems(fn, 'contacts', 'GetItem', 'PutItem');
    this.#allowItems(fn, 'configuration', 'GetItem');
  }

  /**
   * Allows a function to find the queued contacts of one queue or of all queues, to read several records at once, and to
   * keep how far it has come, and what queues have.
   */
  grantFanOut(fn: LambdaFunction): void {
    this.#allow(fn, this.#index(QUEUED_INDEX.name), 'Query', 'Scan');
    this.#allowItems(fn, 'contacts', 'BatchGetItem');
    this.#allowItems(fn, 'fan-out', 'GetItem', 'PutItem');
    this.#allowItems(fn, 'queue', 'GetItem', 'PutItem');
  }

  /** Allows a function to read what queues have, for the contacts that wait there. */
  grantReadQueueStates(fn: LambdaFunction): void {
    this.#allowItems(fn, 'queue', 'GetItem');
  }

  /** Allows a function to keep which contacts of customers were queued. */
  grantCustomers(fn: LambdaFunction): void {
    this.#allowItems(fn, 'customer', 'GetItem', 'PutItem');
  }

  /** Allows a function to find the contacts with pending work, and to read several records at once. */
  grantPending(fn: LambdaFunction): void {
    this.#allow(fn, this.#index(PENDING_INDEX.name), 'Query');
    this.#allowItems(fn, 'contacts', 'BatchGetItem');
  }

  /**
   * Allows dispatch to keep the state of the quotas. Version 0.1.0 also kept idempotency records of Powertools as items of
   * their own: an upgrade changes permissions before it changes the code, so they stay allowed until a later release.
   */
  grantCalls(fn: LambdaFunction): void {
    this.#allowItems(fn, 'quota', 'GetItem', 'PutItem');
    this.#allowItems(fn, 'idempotency', 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem');
  }

  /**
   * Allows a function to find queued contacts, pending work and unsent events in the indexes, to read and write the
   * records that keep such events, to read when calls were last made, and to keep its position, and sets the environment variable with the
   * table's name.
   */
  grantSweep(fn: LambdaFunction): void {
    this.grantRecords(fn);
    this.grantPending(fn);
    this.#allow(fn, this.#index(QUEUED_INDEX.name), 'Scan');
    this.#allowItems(fn, 'quota', 'GetItem');
    this.#allowItems(fn, 'sweep', 'GetItem', 'PutItem');
  }

  /** Allows a function to read and publish the configuration, and sets the environment variable with the table's name. */
  grantPublishConfiguration(fn: LambdaFunction): void {
    this.#locate(fn);
    this.#allowItems(fn, 'configuration', 'GetItem', 'PutItem', 'UpdateItem');
  }

  /** ARNs by what people may use. */
  get arns() {
    return {
      table: [this.table.tableArn],
      queuedIndex: [this.#index(QUEUED_INDEX.name)],
      pendingIndex: [this.#index(PENDING_INDEX.name)],
    };
  }

  /** Gives a function the name of the table, and the use of the key of a table that exists already. */
  #locate(fn: LambdaFunction): void {
    fn.addEnvironment(ENVIRONMENT.contactsTable, this.table.tableName);
    const { encryptionKey } = this.table;
    if (encryptionKey) grantKey(encryptionKey, fn);
  }

  /** Allows operations on the items of one kind, and on no others. */
  #allowItems(fn: LambdaFunction, items: 'contacts' | OtherItemKind, ...operations: string[]): void {
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: actionsOf(operations),
        resources: [this.table.tableArn],
        conditions: conditionFor(items),
      }),
    );
  }

  #allow(fn: LambdaFunction, resource: string, ...operations: string[]): void {
    fn.addToRolePolicy(new PolicyStatement({ actions: actionsOf(operations), resources: [resource] }));
  }

  #index(name: string): string {
    return `${this.table.tableArn}/index/${name}`;
  }
}

function actionsOf(operations: readonly string[]): string[] {
  return operations.map((operation) => `dynamodb:${operation}`);
}

/**
 * Holds for requests that name items of one kind alone, by their partition keys: those of contacts begin with the id of an
 * instance, and those of each other kind with its name.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
function conditionFor(items: 'contacts' | OtherItemKind) {
  const keys = 'dynamodb:LeadingKeys';
  return {
    ...(items === 'contacts'
      ? { 'ForAllValues:StringNotLike': { [keys]: OTHER_ITEM_KINDS.map((kind) => `${kind}#*`) } }
      : { 'ForAllValues:StringLike': { [keys]: [`${items}#*`] } }),
    // Whatever is said of all keys holds for a request without any.
    Null: { [keys]: 'false' },
  };
}

function adopt(scope: Construct, table: ITable, props: ContactsTableProps): ITable {
  const [name] = [
    ...(props.removalPolicy === undefined ? [] : ['tableRemovalPolicy']),
    ...(props.deletionProtection === undefined ? [] : ['deletionProtection']),
  ];
  if (name) {
    throw new ConfigError(
      `${name} is given together with table, which exists already. Set it where the table is defined.`,
    );
  }
  scope.node.addValidation({ validate: () => tableProblems(table) });
  return table;
}
