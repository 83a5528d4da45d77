import type { ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import { isContactId, isInstanceId } from '../../lambda/domain/item-keys.ts';
import { AwsError } from '../errors.ts';
import type { StateReader } from '../state/read-state.ts';
import { contactDetail } from './contact-detail.ts';
import type { EventStream } from './event-stream.ts';
import type { Answer, Routes } from './http-server.ts';
import type { Watcher } from './watcher.ts';

/** The files of the page, by their paths below the token. */
export type PageFiles = ReadonlyMap<string, Answer>;

interface RouteParts {
  readonly files: PageFiles;
  readonly events: EventStream;
  readonly watcher: Watcher;
  readonly reader: StateReader;
}

const CONTACT = /^\/contacts\/([^/]+)\/([^/]+)\/?(.*)$/;

const shownSchema = z.array(z.object({ instanceId: z.string(), contactId: z.string() }));

/**
 * What the page asks for, below the token: its files; `/events`, the stream of states; `/contacts/INSTANCE/CONTACT/ZONE`,
 * one contact in full with times in that zone; and `POST /shown`, the contacts that are on the screen.
 */
export function createRoutes({ files, events, watcher, reader }: RouteParts): Routes {
  return {
    async get(path) {
      return files.get(path) ?? contact(path, watcher, reader);
    },
    async post(path, body) {
      return path === '/shown' ? setShown(body, watcher) : undefined;
    },
    stream(path: string, response: ServerResponse) {
      if (path !== '/events') return false;
      events.add(response);
      return true;
    },
  };
}

function setShown(body: string, watcher: Watcher): Answer {
  const shown = shownSchema.safeParse(parseJson(body));
  if (!shown.success) return problem(400, 'Expected a list of contacts.');
  watcher.show(shown.data.filter(({ instanceId, contactId }) => isInstanceId(instanceId) && isContactId(contactId)));
  return { status: 204, type: 'text/plain', body: '' };
}

async function contact(path: string, { last }: Watcher, reader: StateReader): Promise<Answer | undefined> {
  const [, instanceId, contactId, timezone = ''] = CONTACT.exec(path) ?? [];
  if (instanceId === undefined || contactId === undefined) return undefined;
  if (!isInstanceId(instanceId) || !isContactId(contactId)) return problem(400, 'This is no id of a contact.');
  if (!last) return problem(503, 'The table has not been read yet.');
  try {
    const record = await reader.load({ instanceId, contactId });
    if (!record) return problem(404, `No event of the contact ${contactId} has arrived.`);
    const zone = isTimezone(timezone) ? timezone : 'UTC';
    return { type: 'application/json', body: JSON.stringify(contactDetail(record, last, zone)) };
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problem(status: number, message: string): Answer {
  return { status, type: 'application/json', body: JSON.stringify({ message }) };
}
