/** The invariants of the system (docs/failure-model.md). */
export const INVARIANTS = {
  1: 'no update is sent for a contact that is known to have left',
  2: 'when messages stop, every waiting contact converges to the routing of its plan',
  3: 'no window has more updates than the burst plus the rate times its length',
  4: 'the same desired routing is sent again only after an unknown result',
  5: 'malformed input affects nothing else and is recorded with its error',
  6: 'events in any order and with duplicates lead to the same record',
  7: 'urgency falls only by a policy with allowLower or by an operator',
  8: 'no update is what only an observing policy would set',
  9: 'a contact is as urgent as the reference model of the policies wants, and not more',
  10: 'without faults, each change is made within its bound, and no function runs into its time-out',
  11: 'each chosen event is sent at least once, always the same, and none is invented',
  12: 'once a pause is published, no call follows but those of the round in flight',
  13: 'where faults end, each change is made within its bound, at the whole rate, whatever struck before',
  14: 'no change overtakes a more urgent one of its instance that could be sent',
  15: 'instances that all have changes left get as many updates each',
  16: 'a contact of a transfer chain has its arm of rollouts and all that the chain hands on',
  17: 'whatever is dropped or fails is counted, and a change that was missed is reported',
  18: 'a record stays below the size limit of an item',
  19: 'what a port answers is what its service holds, and all of it',
  20: 'a compilation that ends well has the parameters in force as they were when it began, or later',
  21: 'signals and overrides count from when they were sent, also those that come late, twice or from a redrive',
  22: 'an update, and no other, counts as under way for as long as the dispatch that began it can take, and no longer',
  23: 'before a record says when a failed attempt is repeated, a wake-up for that time was sent',
  24: 'before dispatch ends, a wake-up is sent for each contact for which something failed',
} as const;

export type Invariant = keyof typeof INVARIANTS;

/** A violation of an invariant. */
export interface Violation {
  readonly invariant: Invariant;
  /** Milliseconds since the epoch, in virtual time. */
  readonly at: number;
  readonly message: string;
}
