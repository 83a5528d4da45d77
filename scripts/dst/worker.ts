import { runSeeds } from '../../sim/dst/campaign.ts';
import { answerRequests } from '../threads/answer-requests.ts';

/* Runs chunks of seeds, and answers with their tallies. */

answerRequests(runSeeds);
