import type { Random } from '../../random.ts';

/** One value of each choice, by its index. */
export type Point = readonly number[];

/** The number of values of each choice. */
export type Space = readonly number[];

/** All points of a space, of which the last choice changes first; undefined if there are more than `max`. */
export function allPoints(space: Space, max: number): Point[] | undefined {
  if (space.reduce((product, size) => product * size, 1) > max) return undefined;
  return space.reduce<Point[]>(
    (points, size) => points.flatMap((point) => range(size).map((value) => [...point, value])),
    [[]],
  );
}

/**
 * A Latin hypercube: points that spread evenly over the values of each choice. Source: McKay, Beckman and Conover,
 * Technometrics 21 (1979), 239-245.
 *
 * @param count - how many at most: equal points are left out.
 */
export function latinHypercube(space: Space, count: number, random: Random): Point[] {
  const columns = space.map((size) =>
    shuffled(count, random).map((stratum) => Math.floor((stratum / count) * size)),
  );
  return distinct(range(count).map((row) => columns.map((column) => column[row] ?? 0)));
}

/** The points that differ in one choice by one value. */
export function neighbours(point: Point, space: Space): Point[] {
  return space.flatMap((size, choice) =>
    [-1, 1].flatMap((step) => {
      const value = (point[choice] ?? 0) + step;
      return value >= 0 && value < size ? [point.with(choice, value)] : [];
    }),
  );
}

/** The points without repeats. */
export function distinct(points: readonly Point[]): Point[] {
  return [...new Map(points.map((point) => [point.join(), point])).values()];
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** The numbers from 0 in a random order (Fisher and Yates). */
function shuffled(count: number, random: Random): number[] {
  const numbers = range(count);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [numbers[last], numbers[other]] = [numbers[other] ?? 0, numbers[last] ?? 0];
  }
  return numbers;
}
