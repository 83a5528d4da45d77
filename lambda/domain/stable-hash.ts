// Looked up once: in a context of its own, as in tests, a module takes longer to find Math than to mix a character.
const { imul } = Math;

/**
 * Returns a 32-bit hash of a text that never changes: FNV-1a over the UTF-16 code units, then MurmurHash3's
 * finalizer, which spreads ids that differ in one digit.
 */
export function stableHash(text: string): number {
  let bits = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    bits = imul(bits ^ text.charCodeAt(index), 0x01000193);
  }
  bits = imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
