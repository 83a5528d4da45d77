import type { OtherItemKind } from '../domain/item-keys.ts';

/**
 * The shape of the one DynamoDB table, shared by the stack that creates it, the local system that emulates
 * it and the code that reads and writes it.
 */
export const TABLE = {
  /** Partition key (string): `instanceId#contactId` for a contact, `kind#…` for the other kinds. */
  partitionKey: 'pk',
  /** Number of seconds since the epoch after which DynamoDB may delete the item. */
  ttl: 'ttl',
} as const;

/** Sparse index of the contacts whose applied routing differs from the target, most urgent first. */
export const PENDING_INDEX = {
  name: 'pending',
  /** Partition key (string): id of the Connect instance, since instances share the quota evenly. */
  partitionKey: 'pendingIn',
  /**
   * Sort key (string): target priority, then due time, both zero-padded; after a `q` where a question is due. Of unsent
   * events without such work: a `u`, then the time of the oldest.
   */
  sortKey: 'urgency',
} as const;

/** Sparse index of the contacts that wait in a queue, the longest waiting first. */
export const QUEUED_INDEX = {
  name: 'queued',
  /** Partition key (string): ARN of the queue. */
  partitionKey: 'queuedIn',
  /** Sort key (number): enqueue time, in milliseconds since the epoch. */
  sortKey: 'queuedAt',
  /** When to reconcile the contact (number), in milliseconds since the epoch: projected, so that the sweep reads no records. */
  reconcileAt: 'reconcileAt',
} as const;

/** How the partition keys of a kind of items that are no contacts begin. */
const keyPrefix = <Kind extends OtherItemKind>(kind: Kind): `${Kind}#` => `${kind}#`;

/** The partition keys of the compiled configuration begin so. */
export const CONFIGURATION_KEY_PREFIX = keyPrefix('configuration');

/** The partition key of the state of the quotas. */
export const QUOTA_KEY = `${keyPrefix('quota')}routing` as const;

/** The partition key of the position of the sweeps. */
export const SWEEP_KEY = `${keyPrefix('sweep')}position` as const;

/** The partition keys of the positions of fan-outs begin so. */
export const FAN_OUT_KEY_PREFIX = keyPrefix('fan-out');

/** The partition keys of the states of queues begin so. */
export const QUEUE_KEY_PREFIX = keyPrefix('queue');

/** The partition keys of customers' contacts, and of the secret that hashes their ids, begin so. */
export const CUSTOMER_KEY_PREFIX = keyPrefix('customer');

/**
 * The keys of idempotency begin so; Powertools adds a `#`. They are in the records of contacts. Version 0.1.0 had items of
 * their own under them.
 */
export const IDEMPOTENCY_KEY_PREFIX = 'idempotency' satisfies OtherItemKind;
