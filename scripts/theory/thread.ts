import { answerRequests } from '../threads/answer-requests.ts';
import { type Effort, judgeCase } from './judge-case.ts';

/* Judges one case for each request. */

export interface CaseRequest {
  readonly index: number;
  readonly effort: Effort;
}

answerRequests(({ index, effort }: CaseRequest) => judgeCase(index, effort));
