import { answerRequests } from '../threads/answer-requests.ts';
import { judgeRun } from './judged.ts';

/* Calibrates from one recording for each request, which is the number of its run. */

answerRequests(judgeRun);
