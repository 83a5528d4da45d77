import type { ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import { isContactId, isInstanceId } from '../../lambda/domain/item-keys.ts';
import { AwsError } from '../errors.ts';
import type { StateReader } from '../state/read-state.ts';
import type { ActRoutes } from './acts/act-routes.ts';
import { contactDetail } from './contact-detail.ts';
import type { EventStream } from './event-stream.ts';
import type { Answer, Routes } from './http-server.ts';
import { jsonAnswer, parseJson, problem } from './json.ts';
import type { PageFiles } from './page-files.ts';
import type { ConsolePlayback } from './playback/playback.ts';
import { postPlayback } from './playback/playback-route.ts';
import type { Watcher } from './watcher.ts';

interface RouteParts {
  readonly files: PageFiles;
  readonly events: Pick<EventStream, 'add' | 'has'>;
  readonly watcher: Pick<Watcher, 'last' | 'show'>;
  readonly reader: Pick<StateReader, 'load'>;
  /** Absent: there is no run to control. */
  readonly playback?: Pick<ConsolePlayback, 'act'> | undefined;
  /** Absent: nothing can be changed. */
  readonly acts?: ActRoutes | undefined;
}

/** What a page calls itself, at random. */
const PAGE_ID = /^[\w-]{1,64}$/;

const shownSchema = z.array(z.object({ instanceId: z.string(), contactId: z.string() }));

/**
 * What the page asks for, below the token: its files; `/events/PAGE`, the stream of states; `/contacts/INSTANCE/CONTACT/ZONE`,
 * one contact in full with times in that zone; and `POST /shown/PAGE`, the contacts that are on its screen, which is
 * answered with their next changes. `POST /playback` controls a run. What is below `/acts` changes something, and is there
 * for an operator alone.
 */
export function createRoutes({ files, events, watcher, reader, playback, acts }: RouteParts): Routes {
  return {
    async get([first = '', ...rest]) {
      if (first === 'contacts' && rest.length === 3) return contact(rest, watcher, reader);
      if (first === 'acts') return acts?.get(rest);
      return rest.length === 0 ? files.get(first) : undefined;
    },
    async post([first, page = '', ...rest], body) {
      if (playback && first === 'playback' && page === '') return postPlayback(body, playback);
      if (first === 'acts') return acts?.post([page, ...rest], body);
      if (first !== 'shown' || !PAGE_ID.test(page) || rest.length > 0) return undefined;
      // What a page said before it was closed may arrive later: nobody would forget it.
      return events.has(page) ? setShown(page, body, watcher) : problem(409, 'The page is not open.');
    },
    stream([first, page = '', ...rest], response: ServerResponse) {
      if (first !== 'events' || !PAGE_ID.test(page) || rest.length > 0) return false;
      events.add(page, response);
      return true;
    },
  };
}

function setShown(page: string, body: string, watcher: RouteParts['watcher']): Answer {
  const shown = shownSchema.safeParse(parseJson(body));
  if (!shown.success) return problem(400, 'Expected a list of contacts.');
  const next = watcher.show(
    page,
    shown.data.filter(({ instanceId, contactId }) => isInstanceId(instanceId) && isContactId(contactId)),
  );
  return jsonAnswer(next);
}

async function contact(
  [instanceId = '', contactId = '', timezone = '']: readonly string[],
  { last }: RouteParts['watcher'],
  reader: RouteParts['reader'],
): Promise<Answer> {
  if (!isInstanceId(instanceId) || !isContactId(contactId))
    return problem(400, 'This is no id of a contact.');
  if (!last) return problem(503, 'The table has not been read yet.');
  try {
    const record = await reader.load({ instanceId, contactId });
    if (!record) return problem(404, `No event of the contact ${contactId} has arrived.`);
    const zone = isTimezone(timezone) ? timezone : 'UTC';
    return jsonAnswer(contactDetail(record, last, zone));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return problem(502, error.message);
  }
}

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
