import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { ConnectClient } from '@aws-sdk/client-connect';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import type { ContactKey } from '../domain/contact.ts';
import type { CallOutcome, MadeCall } from '../domain/outcome.ts';
import type { Connect, DescribeOutcome } from '../flow/ports.ts';
import { describeContact, updateContactRoutingData } from './connect.ts';
import { messageOf } from './errors.ts';
import { TABLE } from './table-schema.ts';

/** Carries an outcome other than success through the idempotent function, so that the call may be made again. */
class NotDoneError extends Error {
  override readonly name = 'NotDoneError';
  readonly outcome: CallOutcome;

  constructor(outcome: CallOutcome) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

/** A call is the same as long as the contact, what is wanted and the generation are. An hour is past any redelivery. */
const KEPT_SECONDS = 3_600;

/** Connect, with each change sent once: also when dispatch crashed after the call, or runs twice. */
export class IdempotentConnect implements Connect {
  readonly #client: ConnectClient;
  readonly #config = new IdempotencyConfig({ expiresAfterSeconds: KEPT_SECONDS });
  readonly #update: (identity: CallIdentity, call: MadeCall) => Promise<CallOutcome>;

  constructor(client: ConnectClient, dynamoDb: DynamoDBClient, table: string) {
    this.#client = client;
    this.#update = makeIdempotent(
      async (identity: CallIdentity, call: MadeCall): Promise<CallOutcome> => {
        const outcome = await updateContactRoutingData(this.#client, identity, call.update);
        if (outcome.kind !== 'done') throw new NotDoneError(outcome);
        return outcome;
      },
      {
        persistenceStore: new DynamoDBPersistenceLayer({
          tableName: table,
          keyAttr: TABLE.partitionKey,
          expiryAttr: TABLE.ttl,
          awsSdkV3Client: dynamoDb,
        }),
        config: this.#config,
        keyPrefix: 'idempotency',
        dataIndexArgument: 0,
      },
    ) as (identity: CallIdentity, call: MadeCall) => Promise<CallOutcome>;
  }

  /** To be called at the start of each invocation: its remaining time bounds how long a call counts as under way. */
  begin(context: Context): void {
    this.#config.registerLambdaContext(context);
  }

  async updateRouting({ instanceId, contactId }: ContactKey, call: MadeCall): Promise<CallOutcome> {
    const identity = { instanceId, contactId, generation: call.generation, update: call.update };
    try {
      return await this.#update(identity, call);
    } catch (error) {
      if (error instanceof NotDoneError) return error.outcome;
      // Another dispatch is at the same call, or the table failed before or after it: it may have been made.
      return { kind: 'unknown', message: messageOf(error) };
    }
  }

  describe(key: ContactKey): Promise<DescribeOutcome> {
    return describeContact(this.#client, key);
  }
}

interface CallIdentity extends ContactKey {
  readonly generation: number;
  readonly update: MadeCall['update'];
}
