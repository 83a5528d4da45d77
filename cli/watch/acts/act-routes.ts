import * as z from 'zod/mini';
import { AwsError, UsageError } from '../../errors.ts';
import type { StateReader } from '../../state/read-state.ts';
import type { Answer } from '../http-server.ts';
import { jsonAnswer, parseJson } from '../json.ts';
import type { Watcher } from '../watcher.ts';
import { type Act, type ActFailure, MESSAGE_ACTS } from './act.ts';
import { ActBook, UnsendableActError } from './act-book.ts';
import { type ConsoleOperator, InvalidActError } from './operator.ts';
import { actProgress, contactOf } from './progress.ts';

/** The routes of acts, below `/acts`. */
export interface ActRoutes {
  /** @returns undefined where there is nothing under that path. */
  get(path: readonly string[]): Promise<Answer | undefined>;
  /** @returns undefined where nothing takes a body under that path. */
  post(path: readonly string[], body: string): Promise<Answer | undefined>;
}

/** Characters of an act: a message of SQS may be longer, but no route that a person writes is. */
const MAX_LENGTH = 20_000;

/** The members of a message are validated as those of any message. */
const actSchema = z.union([
  z.looseObject({ type: z.enum(MESSAGE_ACTS) }),
  z.strictObject({ type: z.literal('pause'), reason: z.string() }),
  z.strictObject({ type: z.literal('resume') }),
]);

/**
 * `POST preview` with an act answers with what it does, under an id; `POST send/ID` sends it, once; `GET ID` says what
 * has become of it.
 */
export function createActRoutes(
  operator: ConsoleOperator,
  watcher: Pick<Watcher, 'last'>,
  reader: Pick<StateReader, 'load'>,
): ActRoutes {
  const book = new ActBook(operator);
  return {
    async get([id = '', ...rest]) {
      const booked = book.get(id);
      const { last } = watcher;
      if (!booked?.sent || !last || rest.length > 0) return undefined;
      const { act, sent } = booked;
      const key = contactOf(act);
      return answer(async () => {
        const record = key && (await reader.load(key));
        return actProgress({ act, sent, record, read: last });
      });
    },
    async post([verb, id, ...rest], body) {
      if (rest.length > 0) return undefined;
      if (verb === 'send' && id !== undefined) return answer(() => book.send(id));
      if (verb !== 'preview' || id !== undefined) return undefined;
      const act: Act | undefined =
        body.length > MAX_LENGTH ? undefined : actSchema.safeParse(parseJson(body)).data;
      return act ? answer(() => book.preview(act)) : failed(400, { message: 'This is no act.' });
    },
  };
}

async function answer(act: () => Promise<object>): Promise<Answer> {
  try {
    return jsonAnswer(await act());
  } catch (error) {
    if (error instanceof InvalidActError) {
      return failed(400, { message: 'The act is not valid.', problems: error.problems });
    }
    if (error instanceof UnsendableActError) return failed(410, { message: error.message });
    if (error instanceof AwsError || error instanceof UsageError)
      return failed(502, { message: error.message });
    throw error;
  }
}

function failed(status: number, failure: ActFailure): Answer {
  return jsonAnswer(failure, status);
}
