import type { Candidate } from '../../recommend/candidate.ts';

/** What the page of a recommendation says beside its figures. */
export interface RecommendationTexts {
  /** The name of the scenario. */
  readonly scenario: string;
  readonly seed: number;
  /** What came of the search, then its reasons. */
  readonly sentences: readonly [verdict: string, ...reasons: string[]];
  /** The policies of a candidate that the search chose values for, each with its steps in words. */
  readonly policiesOf: (candidate: Candidate) => readonly PolicyInWords[];
  /** The free values, in the order of the files. */
  readonly values: readonly ChosenValue[];
}

export interface PolicyInWords {
  readonly name: string;
  /** `at 30s: priority 2` */
  readonly steps: readonly string[];
}

/** A free value of a draft. */
export interface ChosenValue {
  readonly policy: string;
  /** `steps[0].after` */
  readonly place: string;
  readonly draft: string;
  /** Undefined where its step is left out, or no policies are best. */
  readonly chosen?: string;
}
