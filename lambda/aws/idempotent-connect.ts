import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import type { ConnectClient } from '@aws-sdk/client-connect';
import type { Context } from 'aws-lambda';
import type { ContactKey } from '../domain/contact/contact-key.ts';
import type { DescribeResult } from '../domain/reconcile/description.ts';
import type { UpdateAttempt } from '../domain/reconcile/next-update.ts';
import type { UpdateResult } from '../domain/reconcile/update-result.ts';
import type { Connect, UpdateLog } from '../flow/ports.ts';
import { describeContact, updateContactRoutingData } from './connect.ts';
import { messageOf } from './errors.ts';
import { EndedUpdates, RecordPersistence } from './record-persistence.ts';
import { IDEMPOTENCY_KEY_PREFIX } from './table-schema.ts';

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
 * same while contact, generation and request are. That an update is under way, Powertools writes to the record of its
 * contact, see {@link RecordPersistence}; dispatch writes its result there.
 */
export class IdempotentConnect implements Connect {
  readonly #client: ConnectClient;
  readonly #config = new IdempotencyConfig({});
  readonly #ended = new EndedUpdates();

  constructor(client: ConnectClient) {
    this.#client = client;
  }

  /** To be called at the start of each invocation: its remaining time bounds how long an update counts as under way. */
  begin(context: Context): void {
    this.#config.registerLambdaContext(context);
  }

  async updateRouting(
    { instanceId, contactId }: ContactKey,
    attempt: UpdateAttempt,
    log: UpdateLog,
  ): Promise<UpdateResult | 'conflict-in-log'> {
    const identity = { instanceId, contactId, generation: attempt.generation, update: attempt.update };
    const persistenceStore = new RecordPersistence(log, this.#ended);
    const update = makeIdempotent(
      async ({ update, ...key }: typeof identity): Promise<UpdateResult> => {
        const result = await updateContactRoutingData(this.#client, key, update);
        if (result.kind !== 'done') throw new UnsuccessfulCallError(result);
        return result;
      },
      { persistenceStore, config: this.#config, keyPrefix: IDEMPOTENCY_KEY_PREFIX },
    );
    try {
      return await update(identity);
    } catch (error) {
      if (error instanceof UnsuccessfulCallError) return error.result;
      if (persistenceStore.refusal === 'conflict') return 'conflict-in-log';
      // Another dispatch may be sending the same update.
      if (persistenceStore.refusal === 'under-way') {
        return { kind: 'unknown', message: messageOf(error), isUncalled: true };
      }
      throw (error as Error).cause;
    }
  }

  describe(key: ContactKey): Promise<DescribeResult> {
    return describeContact(this.#client, key);
  }
}
