import type { Recommendation } from '../../recommend/recommendation.ts';

type Best = Pick<Recommendation, 'outcome' | 'best'>;

/** What the best candidate is called. */
export function bestName({ outcome, best }: Best): string {
  if (!best.candidate.point) return 'Without policies';
  return outcome === 'recommended' ? 'Recommended' : 'Nearest';
}

/** What it is called within a sentence. */
export function bestWords({ outcome, best }: Best): string {
  if (!best.candidate.point) return 'no policies';
  return outcome === 'recommended' ? 'the recommended set' : 'the nearest set';
}
