/** One deliberate change of the code. */
export interface Mutant {
  /** Relative to the root of the repository, with forward slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The function or class member that it is in, such as `Table.save`; `(module)` outside of any. */
  readonly functionName: string;
  /** What is changed into what, on one line. Unique within its function. */
  readonly change: string;
}

/** A mutant with the place in the text where it is put. */
export interface PlacedMutant extends Mutant {
  /** The node that it replaces, as offsets in the text. */
  readonly start: number;
  readonly end: number;
  readonly place: Place;
  /** The code that takes the place of the node. */
  readonly code: string;
}

/** `expression` takes the place of an expression, `statement` that of a statement, `entry` is put at the start of a block. */
export type Place = 'expression' | 'statement' | 'entry';
