/** What a figure means for customers. */
export type Tone = 'good' | 'bad' | 'unclear';

/** One of the three numbers that matter. */
export interface KeyFigure {
  readonly label: string;
  readonly value: string;
  /** Its interval, or what else belongs to it. */
  readonly detail: string;
  /** The tone in words. */
  readonly assessment: string;
  readonly tone: Tone;
}

/** A sentence and the number behind it. */
export interface Finding {
  readonly sentence: string;
  readonly figure: KeyFigure;
}

/** What is said where an interval holds zero. */
export const NO_DIFFERENCE = 'no difference that these runs can show';
