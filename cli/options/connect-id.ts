import { InvalidArgumentError } from 'commander';
import { repairAddressee } from '../../lambda/domain/messages/addressee.ts';

/**
 * Parses the id of a Connect instance for an option of commander: as people paste it, with blanks around it, in
 * capitals, or within the ARN of the instance.
 *
 * @throws InvalidArgumentError
 */
export function parseInstanceId(text: string): string {
  const { instanceId } = repairAddressee({ instanceId: text });
  return requireId(instanceId, 'a Connect instance');
}

/** As {@link parseInstanceId}, for an option that may be given several times. */
export function parseInstanceIds(text: string, previous: readonly string[] = []): readonly string[] {
  return [...new Set([...previous, parseInstanceId(text)])];
}

/**
 * Refuses what is not the id or the ARN of a contact, for an option of commander. An ARN stays as it is given: it says
 * the instance, too.
 *
 * @throws InvalidArgumentError
 */
export function parseContactId(text: string): string {
  requireId(repairAddressee({ contactId: text }).contactId, 'a contact');
  return text;
}

/** Refuses what is neither, such as the ARN of something else, and what a script passes whose variable is not set. */
function requireId(id: string, of: string): string {
  if (/^[\w.-]+$/.test(id)) return id;
  throw new InvalidArgumentError(`Expected the id or the ARN of ${of}.`);
}
