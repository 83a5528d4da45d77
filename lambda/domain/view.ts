import { arnId } from './contact.ts';
import type { ContactRecord } from './record.ts';

/**
 * The contact as the patterns of `match` see it. What is not known is absent, so that `exists` works. Time is
 * not in it.
 */
export interface ContactView {
  readonly instanceId: string;
  readonly contactId: string;
  readonly initialContactId?: string;
  readonly previousContactId?: string;
  readonly channel?: string;
  readonly initiationMethod?: string;
  readonly queue?: { readonly id?: string; readonly arn: string; readonly type?: string };
  readonly tags?: Readonly<Record<string, string>>;
  readonly segmentAttributes?: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Names of the signals that hold now. */
  readonly signals: readonly string[];
  readonly transfers: number;
}

/** The view of a contact at a moment, which matters only for signals that run out. */
export function contactView(record: ContactRecord, now: number): ContactView {
  const { facts } = record;
  const queueId = facts?.queue && arnId(facts.queue.arn, 'queue');
  return {
    instanceId: record.instanceId,
    contactId: record.contactId,
    // A contact that came from no other is its own first one.
    initialContactId: facts?.initialContactId ?? record.contactId,
    ...(facts?.previousContactId === undefined ? {} : { previousContactId: facts.previousContactId }),
    ...(facts?.channel === undefined ? {} : { channel: facts.channel }),
    ...(facts?.initiationMethod === undefined ? {} : { initiationMethod: facts.initiationMethod }),
    ...(facts?.queue === undefined
      ? {}
      : {
          queue: {
            ...(queueId === undefined ? {} : { id: queueId }),
            arn: facts.queue.arn,
            ...(facts.queue.type === undefined ? {} : { type: facts.queue.type }),
          },
        }),
    ...(facts?.tags === undefined ? {} : { tags: facts.tags.value }),
    ...(facts?.segmentAttributes === undefined ? {} : { segmentAttributes: facts.segmentAttributes.value }),
    ...(attributesAreKnown(record) ? { attributes: record.attributes?.values ?? {} } : {}),
    signals: Object.keys(record.signals).filter((name) => signalHolds(record, name, now)),
    transfers: record.chain?.transfers ?? 0,
  };
}

/** True when the attributes of that name (all stored ones without a name) are known as they last changed. */
export function attributesAreKnown(record: ContactRecord, names: readonly string[] = []): boolean {
  const { attributes } = record;
  return (
    attributes !== undefined &&
    attributes.changedAt >= (record.facts?.attributesChangedAt ?? 0) &&
    names.every((name) => attributes.names.includes(name))
  );
}

function signalHolds(record: ContactRecord, name: string, now: number): boolean {
  const signal = record.signals[name];
  return signal !== undefined && (signal.until ?? Number.POSITIVE_INFINITY) > now;
}
