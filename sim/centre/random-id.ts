const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * A version 4 UUID.
 *
 * @param random - returns numbers from 0 up to, but not including, 1.
 */
export function randomId(random: () => number): string {
  const [a, b, c, d] = [hexWord(random), hexWord(random), hexWord(random), hexWord(random)];
  const variant = '89ab'.charAt(Math.floor(random() * 4));
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`;
}

/** Eight hexadecimal digits, from a table: every event needs ids, and toString(16) is slow. */
function hexWord(random: () => number): string {
  const bits = random() * 2 ** 32;
  const byte = (shift: number) => BYTES[(bits >>> shift) & 255];
  return `${byte(24)}${byte(16)}${byte(8)}${byte(0)}`;
}
