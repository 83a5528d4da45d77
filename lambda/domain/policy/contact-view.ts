/** The most earlier contacts of a customer that are counted. */
export const MAX_RECENT_CONTACTS = 32;

/** The value of a segment attribute, with its type: maps as objects, lists as lists. */
export type SegmentValue =
  | string
  | number
  | boolean
  | readonly SegmentValue[]
  | { readonly [name: string]: SegmentValue };

/** Segment attributes by name. */
export type SegmentAttributes = Readonly<Record<string, SegmentValue>>;

/**
 * The contact as the patterns of `match` and `when` see it. Unknown fields are absent, so that `exists`
 * works. The view has no times: policies express time with `after`, `by`, `from` and `during`.
 */
export interface ContactView {
  readonly instanceId: string;
  readonly contactId: string;
  readonly initialContactId?: string;
  readonly previousContactId?: string;
  readonly channel?: string;
  readonly initiationMethod?: string;
  readonly queue?: {
    readonly id?: string;
    readonly arn: string;
    readonly name?: string;
    readonly type?: string;
  };
  readonly tags?: Readonly<Record<string, string>>;
  readonly segmentAttributes?: SegmentAttributes;
  readonly attributes?: Readonly<Record<string, string>>;
  /** The names of the signals in effect. */
  readonly signals: readonly string[];
  readonly transfers: number;
  /** Earlier contacts of the same customer, queued in the 24 hours before this one was: at most {@link MAX_RECENT_CONTACTS}. */
  readonly recentContacts?: number;
}
