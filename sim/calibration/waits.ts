/** How a wait ended. Of a customer who was answered, was moved or still waits, patience is longer than the wait. */
export interface EndedWait {
  readonly seconds: number;
  readonly isAbandoned: boolean;
}

/** Waits in order of their length; of equal ones, those that were abandoned first, as Kaplan and Meier count them. */
export function sortWaits(waits: readonly EndedWait[]): EndedWait[] {
  return waits.toSorted((a, b) => a.seconds - b.seconds || Number(b.isAbandoned) - Number(a.isAbandoned));
}
