import { createHmac, randomBytes } from 'node:crypto';
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type CustomerContacts, endOfContacts } from '../domain/contact/customer-contacts.ts';
import type { CustomerContactsStore, StoredCustomerContacts } from '../flow/ports.ts';
import { putIfUnchanged } from './conditional-put.ts';
import { CUSTOMER_KEY_PREFIX, TABLE } from './table-schema.ts';

/** The item of the secret has a name that no hash has. */
const SECRET_ITEM = { [TABLE.partitionKey]: `${CUSTOMER_KEY_PREFIX}secret` };

const SECRET_BYTES = 32;

/**
 * The contacts of customers, one item of the table for each customer. Its key is a hash of the customer's id, keyed with
 * a random secret of the table, so that the id cannot be found by hashing guesses. DynamoDB deletes an item a day after
 * the last contact.
 */
export class CustomerContactsTable implements CustomerContactsStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  #secret: string | undefined;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async load(instanceId: string, customerId: string): Promise<StoredCustomerContacts> {
    this.#secret ??= (await this.#readSecret()) ?? (await this.#makeSecret());
    const hash = createHmac('sha256', this.#secret).update(JSON.stringify([instanceId, customerId]));
    const key = CUSTOMER_KEY_PREFIX + hash.digest('hex');
    const item = await this.#read({ [TABLE.partitionKey]: key });
    return item
      ? { key, contacts: item.contacts as CustomerContacts, revision: item.revision as number }
      : { key, contacts: {}, revision: 0 };
  }

  async save(key: string, contacts: CustomerContacts, revision: number): Promise<boolean> {
    const expiresAt = Math.ceil(endOfContacts(contacts) / 1_000);
    const item = { [TABLE.partitionKey]: key, contacts, [TABLE.ttl]: expiresAt };
    return (await putIfUnchanged(this.#client, this.#table, item, revision)) !== undefined;
  }

  async #readSecret(): Promise<string | undefined> {
    return (await this.#read(SECRET_ITEM))?.secret as string | undefined;
  }

  /** Of two processes that make one at once, the first one's holds. */
  async #makeSecret(): Promise<string> {
    const secret = randomBytes(SECRET_BYTES).toString('hex');
    if (await putIfUnchanged(this.#client, this.#table, { ...SECRET_ITEM, secret }, 0)) return secret;
    const stored = await this.#readSecret();
    if (stored === undefined) throw new Error('The secret of the table was deleted while it was read.');
    return stored;
  }

  async #read(key: object): Promise<Record<string, unknown> | undefined> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: marshall(key), ConsistentRead: true }),
    );
    return Item && unmarshall(Item);
  }
}
