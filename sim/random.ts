import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

// Read once: in the test environment a look-up of a global costs more than the call.
const { imul } = Math;

/** Numbers from 0 up to, but not including, 1. */
export type Random = () => number;

/** The same seed gives the same numbers. */
export function seededRandom(seed: number): Random {
  return keyedRandoms('seed')(seed, 0);
}

/**
 * Random numbers that depend only on a key, an index and a purpose, and not on previous draws: a contact
 * draws the same numbers whatever happens to other contacts (common random numbers).
 *
 * The generator is pure-rand's xoroshiro128+ with a hash of the key as its state. pure-rand's own seeds are
 * not suitable: they have 32 bits, and generators with neighbouring seeds start alike (the first number is
 * the seed itself).
 */
export function keyedRandoms(key: string): (index: number, purpose: number) => Random {
  const words = [0, 1, 2, 3].map((salt) => hashText(key, salt));
  return (index, purpose) => {
    const point = mix(index + imul(purpose + 1, GOLDEN));
    const generator = xoroshiro128plusFromState(words.map((word) => mix(word ^ point)));
    return () => uniformFloat64(generator);
  };
}

/** 2 ** 32 divided by the golden ratio: its multiples are spread evenly. */
const GOLDEN = 0x9e3779b9;

function hashText(text: string, salt: number): number {
  let hash = mix(salt + GOLDEN);
  for (let at = 0; at < text.length; at += 1) hash = mix(hash ^ text.charCodeAt(at)) + GOLDEN;
  return mix(hash);
}

/** The finalizer of MurmurHash3 (Appleby): each bit of the input changes half of the bits of the output. */
function mix(value: number): number {
  let bits = value | 0;
  bits = imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
