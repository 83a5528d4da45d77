import { type AttributeValue, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { RECORD_LIMITS } from '../../cli/state/read-state.ts';
import { RecordCache } from '../../cli/state/record-cache.ts';
import { ContactsTable } from '../../lambda/aws/contacts-table.ts';
import { PENDING_INDEX, QUEUED_INDEX, TABLE } from '../../lambda/aws/table-schema.ts';
import { type ContactKey, keyString } from '../../lambda/domain/contact/contact-key.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { indexEntries } from '../../lambda/domain/reconcile/index-entries.ts';
import type { ContactStore } from '../../lambda/flow/ports.ts';
import { MemoryReader } from '../console/memory-reader.ts';
import { dueRecord, twoSteps, waitingRecord } from '../console/waiting-contacts.ts';
import { type Item, itemBytes } from './item-size.ts';

/** How a console is used. */
interface Console {
  /** Contacts that wait, all the time: as one leaves, another one comes. */
  readonly waiting: number;
  /** Seconds between two looks. */
  readonly every: number;
}

/** DynamoDB reads an item in steps of 4 KB; a read that is not consistent costs half. */
const READ_BYTES = 4_096;
const INDEX_PAGE = 1_000;

const T0 = Date.parse('2026-11-23T10:00:00Z');
const SECOND = 1_000;

/** How long a contact waits. Its changes are due when it comes and after two minutes, and made two seconds later. */
const WAIT_SECONDS = 300;
const STEP_SECONDS = 120;
const CALL_SECONDS = 2;

/** Rows on a screen, and queues in which contacts wait. */
const SHOWN = 40;
const QUEUES = 10;

const HOUR_SECONDS = 3_600;

/** The hour is measured on a part of it, after the first look: each record is read again in it, twice at least. */
const MEASURED_SECONDS = (2 * RECORD_LIMITS.maxAgeMs) / SECOND;

const INSTANCE_ID = '11111111-2222-3333-4444-555555555555';
const QUEUE_ARN = `arn:aws:connect:eu-central-1:123456789012:instance/${INSTANCE_ID}/queue/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee`;

const POLICIES = twoSteps(STEP_SECONDS);

/** A contact at a moment of its wait, as the table has it. */
interface Stage {
  readonly record: ContactRecord;
  readonly bytes: number;
  readonly entryBytes: number;
  /** 0: no work is pending. */
  readonly pendingBytes: number;
  /** After it came, in milliseconds. */
  readonly reconcileAfterMs: number | undefined;
}

/**
 * Read units that an open console uses of a table in an hour, by the reads of `RecordCache` and the sizes of real items.
 * A look also reads the configuration's version, and the state of each queue.
 */
export async function consoleReadUnits({ waiting, every }: Console): Promise<number> {
  const stages = await measureStages();
  const table = new MeteredTable(waiting, stages);
  const cache = new RecordCache(table, [INSTANCE_ID], { maxContacts: waiting, ...RECORD_LIMITS });
  const shown = () =>
    table
      .contacts()
      .slice(0, SHOWN)
      .map(({ key }) => key);
  await cache.look(shown(), table.now);
  table.units = 0;
  for (let second = 0; second < MEASURED_SECONDS; second += every) {
    table.now += every * SECOND;
    await cache.look(shown(), table.now);
    table.units += 1 + QUEUES;
  }
  return (table.units * HOUR_SECONDS) / MEASURED_SECONDS;
}

/** From which second of its wait a contact is so. */
type Moment = readonly [second: number, stage: Stage];

interface Waiting {
  readonly key: ContactKey;
  readonly enteredAt: number;
  readonly stage: Stage;
}

/** Contacts that come one after the other and wait equally long. It counts what is read of it. */
class MeteredTable implements Pick<ContactStore, 'queued' | 'pending' | 'loadMany'> {
  now = T0 + WAIT_SECONDS * SECOND;
  units = 0;
  readonly #waiting: number;
  readonly #stages: readonly Moment[];
  #atNow: { readonly now: number; readonly byKey: ReadonlyMap<string, Waiting> } | undefined;

  constructor(waiting: number, stages: ReadonlyMap<number, Stage>) {
    this.#waiting = waiting;
    this.#stages = [...stages];
  }

  /** Those who wait, the longest waiting first. */
  contacts(): Waiting[] {
    return [...this.#byKey().values()];
  }

  #byKey(): ReadonlyMap<string, Waiting> {
    if (this.#atNow?.now !== this.now) {
      const byKey = new Map(this.#contacts().map((contact) => [keyString(contact.key), contact]));
      this.#atNow = { now: this.now, byKey };
    }
    return this.#atNow.byKey;
  }

  #contacts(): Waiting[] {
    const betweenMs = (WAIT_SECONDS * SECOND) / this.#waiting;
    const newest = Math.floor((this.now - T0) / betweenMs);
    return Array.from({ length: this.#waiting }, (_, index) => {
      const number = newest - this.#waiting + 1 + index;
      return this.#contact(number, T0 + number * betweenMs);
    });
  }

  async *queued(): ReturnType<ContactStore['queued']> {
    const contacts = this.contacts();
    for (let start = 0; start < contacts.length; start += INDEX_PAGE) {
      const page = contacts.slice(start, start + INDEX_PAGE);
      this.units += indexUnits(page.reduce((sum, { stage }) => sum + stage.entryBytes, 0));
      yield {
        contacts: page.map(({ key, enteredAt, stage: { reconcileAfterMs } }) => ({
          ...key,
          ...(reconcileAfterMs !== undefined && { reconcileAt: enteredAt + reconcileAfterMs }),
        })),
      };
    }
  }

  async pending(
    _instance: string,
    list: Parameters<ContactStore['pending']>[1],
  ): ReturnType<ContactStore['pending']> {
    const found = list === 'updates' ? this.contacts().filter(({ stage }) => stage.pendingBytes > 0) : [];
    this.units += indexUnits(found.reduce((sum, { stage }) => sum + stage.pendingBytes, 0));
    return found.map(({ key }) => key);
  }

  async loadMany(keys: readonly ContactKey[]): ReturnType<ContactStore['loadMany']> {
    const byKey = this.#byKey();
    const [, last] = this.#stages.at(-1) as Moment;
    return keys.map((key) => {
      const { record, bytes } = byKey.get(keyString(key))?.stage ?? last;
      this.units += Math.ceil(bytes / READ_BYTES);
      return { record: { ...record, ...key }, revision: 1 };
    });
  }

  #contact(number: number, enteredAt: number) {
    const waited = (this.now - enteredAt) / SECOND;
    const [, stage] = (this.#stages.findLast(([second]) => second <= waited) ?? this.#stages[0]) as Moment;
    return { key: { instanceId: INSTANCE_ID, contactId: `c-${number}` }, enteredAt, stage };
  }
}

const indexUnits = (bytes: number) => Math.max(1, Math.ceil(bytes / READ_BYTES)) / 2;

/** A contact at the moments of its wait at which its item changes, by seconds. */
async function measureStages(): Promise<ReadonlyMap<number, Stage>> {
  const reader = new MemoryReader(T0, { policies: POLICIES, since: T0 }, [INSTANCE_ID]);
  const contact = {
    instanceId: INSTANCE_ID,
    contactId: '99999999-8888-7777-6666-555555555555',
    queueArn: QUEUE_ARN,
    enqueuedAt: T0,
    tags: { tier: 'gold', product: 'mortgage' },
  };
  const at = (second: number) => waitingRecord(contact, reader.context, T0 + second * SECOND);
  const due = (second: number) => dueRecord(at(second - 1), reader.context, T0 + second * SECOND);
  const moments = [
    [0, due(0)],
    [CALL_SECONDS, at(CALL_SECONDS)],
    [STEP_SECONDS, due(STEP_SECONDS)],
    [STEP_SECONDS + CALL_SECONDS, at(STEP_SECONDS + CALL_SECONDS)],
  ] as const;
  return new Map(
    await Promise.all(
      moments.map(async ([second, record]) => [second, await measure(record, T0 + second * SECOND)] as const),
    ),
  );
}

async function measure(record: ContactRecord, now: number): Promise<Stage> {
  const item = await storedItem(record, now);
  const bytesOf = (...names: string[]) =>
    itemBytes(
      Object.fromEntries(names.flatMap((name) => (item[name] ? [[name, item[name] as AttributeValue]] : []))),
    );
  const { reconcileAt, sortKey, partitionKey } = QUEUED_INDEX;
  const reconcile = item[reconcileAt]?.N;
  return {
    record,
    bytes: itemBytes(item),
    entryBytes: bytesOf(TABLE.partitionKey, partitionKey, sortKey, reconcileAt),
    pendingBytes: item[PENDING_INDEX.sortKey]
      ? bytesOf(TABLE.partitionKey, PENDING_INDEX.partitionKey, PENDING_INDEX.sortKey)
      : 0,
    reconcileAfterMs: reconcile === undefined ? undefined : Number(reconcile) - T0,
  };
}

/** The item that the handlers write. */
async function storedItem(record: ContactRecord, now: number): Promise<Item> {
  let stored: Item = {};
  const client = {
    async send(command: unknown) {
      if (command instanceof PutItemCommand) stored = command.input.Item ?? {};
      return {};
    },
  } as unknown as DynamoDBClient;
  await new ContactsTable(client, 'Contacts').save(record, 0, indexEntries(record, now, 'absolute'), now);
  return stored;
}
