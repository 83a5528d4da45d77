import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { ConnectClient } from '@aws-sdk/client-connect';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import type { ContactKey } from '../domain/contact/contact-key.ts';
import { IDEMPOTENCY_SECONDS } from '../domain/deployment-constants.ts';
import type { DescribeResult } from '../domain/reconcile/description.ts';
import type { UpdateAttempt } from '../domain/reconcile/next-update.ts';
import type { UpdateResult } from '../domain/reconcile/update-result.ts';
import type { Connect } from '../flow/ports.ts';
import { describeContact, updateContactRoutingData } from './connect.ts';
import { messageOf } from './errors.ts';
import { IDEMPOTENCY_KEY_PREFIX, TABLE } from './table-schema.ts';

/** Carries a result other than success through the idempotent function, so that the update may be sent again. */
class UnsuccessfulCallError extends Error {
  override readonly name = 'UnsuccessfulCallError';
  readonly result: UpdateResult;

  constructor(result: UpdateResult) {
    super(result.kind);
    this.result = result;
  }
}

/**
 * Connect, with each update sent once, also when dispatch crashed after the call, or runs twice. Two updates are the
 * same while contact, generation and request are.
 */
export class IdempotentConnect implements Connect {
  readonly #client: ConnectClient;
  readonly #config = new IdempotencyConfig({ expiresAfterSeconds: IDEMPOTENCY_SECONDS });
  readonly #update: (identity: CallIdentity, onCall: () => void) => Promise<UpdateResult>;

  constructor(client: ConnectClient, dynamoDb: DynamoDBClient, table: string) {
    this.#client = client;
    this.#update = makeIdempotent(
      async (identity: CallIdentity, onCall: () => void): Promise<UpdateResult> => {
        onCall();
        const result = await updateContactRoutingData(this.#client, identity, identity.update);
        if (result.kind !== 'done') throw new UnsuccessfulCallError(result);
        return result;
      },
      {
        persistenceStore: new DynamoDBPersistenceLayer({
          tableName: table,
          keyAttr: TABLE.partitionKey,
          expiryAttr: TABLE.ttl,
          awsSdkV3Client: dynamoDb,
        }),
        config: this.#config,
        keyPrefix: IDEMPOTENCY_KEY_PREFIX,
        dataIndexArgument: 0,
      },
    ) as (identity: CallIdentity, onCall: () => void) => Promise<UpdateResult>;
  }

  /** To be called at the start of each invocation: its remaining time bounds how long an update counts as in progress. */
  begin(context: Context): void {
    this.#config.registerLambdaContext(context);
  }

  async updateRouting({ instanceId, contactId }: ContactKey, attempt: UpdateAttempt): Promise<UpdateResult> {
    const identity = { instanceId, contactId, generation: attempt.generation, update: attempt.update };
    let isUncalled = true;
    try {
      return await this.#update(identity, () => {
        isUncalled = false;
      });
    } catch (error) {
      if (error instanceof UnsuccessfulCallError) return error.result;
      // Another dispatch sends the same update, or the table failed before or after it: it may have been applied.
      const unknown = { kind: 'unknown', message: messageOf(error) } as const;
      return isUncalled ? { ...unknown, isUncalled } : unknown;
    }
  }

  describe(key: ContactKey): Promise<DescribeResult> {
    return describeContact(this.#client, key);
  }
}

interface CallIdentity extends ContactKey {
  readonly generation: number;
  readonly update: UpdateAttempt['update'];
}
