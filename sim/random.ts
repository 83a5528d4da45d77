import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

// Taken once: where tests run in a realm of their own, looking a global up costs more than calling it.
const { imul } = Math;

/** Numbers from 0 up to, but not including, 1. */
export type Random = () => number;

/** The same seed brings the same numbers. */
export function seededRandom(seed: number): Random {
  return keyedRandoms('seed')(seed, 0);
}

/**
 * Sources of numbers that hang on a key, a number and a purpose alone, and not on what was drawn before: what a
 * contact draws is the same whatever befalls the others (common random numbers).
 *
 * The generator is that of pure-rand, its whole state a hash of the key. Its own seeds would not do: it takes 32
 * bits, and generators of neighbouring seeds begin alike (the first number is the seed itself).
 */
export function keyedRandoms(key: string): (index: number, purpose: number) => Random {
  const words = [0, 1, 2, 3].map((salt) => hashText(key, salt));
  return (index, purpose) => {
    const point = mix(index + imul(purpose + 1, GOLDEN));
    const generator = xoroshiro128plusFromState(words.map((word) => mix(word ^ point)));
    return () => uniformFloat64(generator);
  };
}

/** 2 ** 32 over the golden ratio: its multiples fall far from each other, and so from small numbers. */
const GOLDEN = 0x9e3779b9;

function hashText(text: string, salt: number): number {
  let hash = mix(salt + GOLDEN);
  for (let at = 0; at < text.length; at += 1) hash = mix(hash ^ text.charCodeAt(at)) + GOLDEN;
  return mix(hash);
}

/** The finaliser of MurmurHash3 (Appleby): one bit of the input changes half of the output. */
function mix(value: number): number {
  let bits = value | 0;
  bits = imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
