/**
 * The contact as the patterns of `match` and `when` see it. What is not known is absent, so that `exists` works. Time
 * is not part of it.
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
