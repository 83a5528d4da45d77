/**
 * Whether a contact is in the part of a rollout, always the same for the same policy and chain of contacts: a
 * transfer keeps its initial contact id, and so its arm.
 *
 * @param percent - 0 takes nobody in, 100 everybody; fractions count.
 */
export function isInRollout(policyName: string, initialContactId: string, percent: number): boolean {
  if (percent >= 100) return true;
  return (hash(`${policyName}\u0000${initialContactId}`) / 2 ** 32) * 100 < percent;
}

/** 32 bits: FNV-1a over the UTF-16 units, then MurmurHash3's finalizer, which spreads ids that differ in one digit. */
function hash(text: string): number {
  let bits = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    bits = Math.imul(bits ^ text.charCodeAt(index), 0x01000193);
  }
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
