/** What must always hold (docs/failure-model.md). */
export const INVARIANTS = {
  1: 'no call for a contact that was known, when the call was sent, to have left',
  2: 'when messages stop, every contact that waits has what its plan wants',
  3: 'no more calls in any window than the burst and what the rate earns in it',
  4: 'the same wanted state is not sent twice, but after an outcome that is unknown',
  5: 'what is malformed harms nothing but itself, and says what is wrong with it',
  6: 'any order of events, with any repeats, ends in the same record',
  7: 'urgency does not fall, but by a policy that says so or by an operator',
} as const;

export type Invariant = keyof typeof INVARIANTS;

/** Something that must hold did not. */
export interface Violation {
  readonly invariant: Invariant;
  /** Milliseconds since the epoch, in virtual time. */
  readonly at: number;
  readonly message: string;
}
