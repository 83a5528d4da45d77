import { type ContactKey, keyOf } from '../contact/contact-key.ts';
import { isContactId, isInstanceId } from '../item-keys.ts';
import { isObject } from '../json.ts';
import * as s from '../validation/schema.ts';
import { schemaProblems } from '../validation/schema-problems.ts';
import { MalformedMessageError, malformed } from './rule-message.ts';

const id = (accepts: (text: string) => boolean) =>
  s.string().check(s.minLength(1), s.refine(accepts, 'an id of Amazon Connect'));

/** Other members are ignored: a later version may add some. */
const schema = s.object({ instanceId: id(isInstanceId), contactId: id(isContactId) });

/**
 * Parses the body of a message to dispatch, which names a contact that has work: `{ "instanceId", "contactId" }`.
 *
 * @throws MalformedMessageError when it names no contact that the table could hold.
 */
export function parseNotification(body: string): ContactKey {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw malformed('syntax', [], body, `JSON (${(error as SyntaxError).message})`);
  }
  if (!isObject(value)) throw malformed('wrong-type', [], value, 'an object with instanceId and contactId');
  const problems = schemaProblems(schema, value);
  if (problems.length > 0) throw new MalformedMessageError(problems);
  return keyOf(value as unknown as ContactKey);
}
