import {
  IdempotencyItemAlreadyExistsError,
  IdempotencyRecordStatus,
} from '@aws-lambda-powertools/idempotency';
import { BasePersistenceLayer, IdempotencyRecord } from '@aws-lambda-powertools/idempotency/persistence';
import type { UnderWay } from '../domain/contact/record.ts';
import type { UpdateLog } from '../flow/ports.ts';

/** Somebody else wrote the record of the contact since it was read. */
class LogConflictError extends Error {
  override readonly name = 'LogConflictError';
}

/** The updates that a process has ended, as Powertools records them, while records of contacts may not say so yet. */
export class EndedUpdates {
  readonly #ended = new Map<string, { readonly until: number; readonly result: IdempotencyRecord }>();

  add(underWay: UnderWay, result: IdempotencyRecord): void {
    for (const [name, { until }] of this.#ended) if (until <= Date.now()) this.#ended.delete(name);
    this.#ended.set(nameOf(underWay), { until: underWay.until, result });
  }

  /** It has begun again: all updates of one invocation are under way until the same time. */
  delete(underWay: UnderWay): void {
    this.#ended.delete(nameOf(underWay));
  }

  get(underWay: UnderWay): IdempotencyRecord | undefined {
    return this.#ended.get(nameOf(underWay))?.result;
  }
}

/**
 * The persistence layer of Powertools idempotency for one update. Its record is a part of the contact's record, in the
 * write that marks the update as in flight: one write says both, so they cannot contradict each other. That the update
 * has ended, the write of its result says, which removes this part. Where that write fails, this process still knows.
 */
export class RecordPersistence extends BasePersistenceLayer {
  readonly #log: UpdateLog;
  readonly #ended: EndedUpdates;
  #begun: UnderWay | undefined;
  #refusal: 'conflict' | 'under-way' | undefined;

  constructor(log: UpdateLog, ended: EndedUpdates) {
    super();
    this.#log = log;
    this.#ended = ended;
  }

  /** Why the update did not begin; undefined where it began, or where the record could not be written. */
  get refusal(): 'conflict' | 'under-way' | undefined {
    return this.#refusal;
  }

  /** Begins the update, unless the same one is under way, or was made. */
  protected override async _putRecord({
    idempotencyKey: key,
    inProgressExpiryTimestamp: until = Date.now(),
  }: IdempotencyRecord): Promise<void> {
    const { underWay } = this.#log;
    if (underWay?.key === key && underWay.until > Date.now()) {
      const existing = await this._getRecord(key);
      if (existing.getStatus() === IdempotencyRecordStatus.INPROGRESS) this.#refusal = 'under-way';
      if (existing.getStatus() !== IdempotencyRecordStatus.EXPIRED) {
        throw new IdempotencyItemAlreadyExistsError(`${key} has begun.`, existing);
      }
    }
    const begun = { key, until };
    if (await this.#log.begin(begun)) {
      this.#begun = begun;
      this.#ended.delete(begun);
      return;
    }
    this.#refusal = 'conflict';
    throw new LogConflictError(`The record of the contact of ${key} was changed meanwhile.`);
  }

  protected override async _getRecord(idempotencyKey: string): Promise<IdempotencyRecord> {
    const { underWay } = this.#log;
    const ended = underWay && this.#ended.get(underWay);
    return ended ?? new IdempotencyRecord({ idempotencyKey, status: IdempotencyRecordStatus.INPROGRESS });
  }

  /** The update was made. Dispatch writes that into the record of the contact right after this. */
  protected override async _updateRecord(made: IdempotencyRecord): Promise<void> {
    if (this.#begun) this.#ended.add(this.#begun, made);
  }

  /** The update was not made, or nobody knows: it may be sent again. */
  protected override async _deleteRecord(expired: IdempotencyRecord): Promise<void> {
    if (this.#begun) this.#ended.add(this.#begun, expired);
  }
}

function nameOf({ key, until }: UnderWay): string {
  return `${key} ${until}`;
}
