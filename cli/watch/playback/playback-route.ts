import * as z from 'zod/mini';
import type { Answer } from '../http-server.ts';
import { jsonAnswer, parseJson, problem } from '../json.ts';
import type { ConsolePlayback } from './playback.ts';

const MAX_SEED = 2 ** 31 - 1;

const actSchema = z.union([
  z.strictObject({ act: z.enum(['begin', 'pause', 'resume', 'slower', 'faster']) }),
  z.strictObject({
    act: z.literal('again'),
    seed: z.optional(z.int().check(z.minimum(0), z.maximum(MAX_SEED))),
  }),
]);

/** Answers `POST /playback`, with what a person does to the run as JSON. */
export function postPlayback(body: string, playback: Pick<ConsolePlayback, 'act'>): Answer {
  const act = actSchema.safeParse(parseJson(body));
  if (!act.success) return problem(400, 'Expected an act.');
  playback.act(act.data);
  return jsonAnswer({});
}
