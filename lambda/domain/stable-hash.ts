/**
 * Returns a 32-bit hash of a text that never changes: FNV-1a over the UTF-16 code units, then MurmurHash3's
 * finalizer, which spreads ids that differ in one digit.
 */
export function stableHash(text: string): number {
  let bits = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    bits = Math.imul(bits ^ text.charCodeAt(index), 0x01000193);
  }
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
