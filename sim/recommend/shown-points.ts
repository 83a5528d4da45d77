import type { Candidate } from './candidate.ts';
import { type FrontPoint, frontPoint } from './front.ts';
import type { Recommendation } from './recommendation.ts';

/** Whether all values of a candidate are the first ones of the draft. */
export function isDraft({ point }: Candidate): boolean {
  return point?.every((value) => value === 0) ?? false;
}

/**
 * The points to show of a search, each once: some of its front, spread evenly, and all candidates that are named.
 *
 * @param most - about how many of the front.
 */
export function shownPoints(
  { searched, front }: Pick<Recommendation, 'searched' | 'front'>,
  isNamed: (candidate: Candidate) => boolean,
  most: number,
): FrontPoint[] {
  const every = Math.max(1, Math.ceil(front.length / most));
  const some = front.filter((_, index) => index % every === 0 || index === front.length - 1);
  const named = searched
    .filter(({ candidate }) => isNamed(candidate))
    .flatMap((assessment) => frontPoint(assessment) ?? []);
  return [...new Map([...some, ...named].map((point) => [point.assessment.candidate.id, point])).values()];
}
