/** What a figure means for customers. */
export type Tone = 'good' | 'bad' | 'unclear';

/** One of the key figures of a policy set. */
export interface KeyFigure {
  readonly label: string;
  readonly value: string;
  /** Its interval or another detail. */
  readonly detail: string;
  /** The tone as a text. */
  readonly assessment: string;
  readonly tone: Tone;
}

/** A sentence and its key figure. */
export interface Finding {
  readonly sentence: string;
  readonly figure: KeyFigure;
}
