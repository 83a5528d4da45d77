import { AttributeType, Billing, ProjectionType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../lambda/aws/environment.ts';
import { CONFIGURATION_KEY_PREFIX, PENDING_INDEX, QUEUED_INDEX, TABLE } from '../lambda/aws/table-schema.ts';

interface ContactsTableProps {
  /** What happens to the table when the stack is deleted. Default: `RemovalPolicy.RETAIN`. */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * The only table: it holds contact records, the compiled configuration, the token buckets, and the idempotency records
 * of Powertools.
 */
export class ContactsTable extends Construct {
  /** The DynamoDB table. */
  readonly table: TableV2;

  constructor(scope: Construct, id: string, props: ContactsTableProps = {}) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: TABLE.partitionKey, type: AttributeType.STRING },
      timeToLiveAttribute: TABLE.ttl,
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
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
   * Allows a function to read and write single records, and sets the environment variable with the table's
   * name.
   */
  grantRecords(fn: LambdaFunction): void {
    fn.addEnvironment(ENVIRONMENT.contactsTable, this.table.tableName);
    this.#allow(fn, this.table.tableArn, 'GetItem', 'PutItem');
  }

  /** Allows a function to find the queued contacts of one queue or of all queues. */
  grantQueued(fn: LambdaFunction): void {
    this.#allow(fn, this.#index(QUEUED_INDEX.name), 'Query', 'Scan');
  }

  /** Allows a function to find the contacts with pending work, and to read several records at once. */
  grantPending(fn: LambdaFunction): void {
    this.#allow(fn, this.#index(PENDING_INDEX.name), 'Query');
    this.#allow(fn, this.table.tableArn, 'BatchGetItem');
  }

  /**
   * Allows a function to find queued contacts, pending work and unsent events in the indexes, and to read and write
   * the records that keep such events, and sets the environment variable with the table's name.
   */
  grantSweep(fn: LambdaFunction): void {
    this.grantRecords(fn);
    this.grantPending(fn);
    this.#allow(fn, this.#index(QUEUED_INDEX.name), 'Scan');
  }

  /**
   * Allows a function to read and publish the configuration, and no other item, and sets the environment variable with
   * the table's name.
   */
  grantPublishConfiguration(fn: LambdaFunction): void {
    fn.addEnvironment(ENVIRONMENT.contactsTable, this.table.tableName);
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
        resources: [this.table.tableArn],
        conditions: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${CONFIGURATION_KEY_PREFIX}*`] },
        },
      }),
    );
  }

  /** Allows a function to keep idempotency records of Powertools, which it deletes when a call fails. */
  grantIdempotency(fn: LambdaFunction): void {
    this.#allow(fn, this.table.tableArn, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem');
  }

  #allow(fn: LambdaFunction, resource: string, ...operations: string[]): void {
    const actions = operations.map((operation) => `dynamodb:${operation}`);
    fn.addToRolePolicy(new PolicyStatement({ actions, resources: [resource] }));
  }

  #index(name: string): string {
    return `${this.table.tableArn}/index/${name}`;
  }
}
