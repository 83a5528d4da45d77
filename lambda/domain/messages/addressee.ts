import { arnId, plainName, QUEUE_ARN } from '../arn.ts';
import { isContactId, isInstanceId } from '../item-keys.ts';
import { defined, type JsonObject } from '../json.ts';
import { createProblem, type Problem } from '../validation/problem.ts';

/**
 * The message with what its sender plainly meant: names without blanks around them, UUIDs in lower case as Connect
 * writes them, also within the ARN of a queue, and ids in place of the ARN of a contact or instance. All else is as
 * given.
 */
export function repairAddressee<T extends JsonObject>(value: T): T {
  const { contactId: contact, instanceId: instance } = value;
  return {
    ...value,
    ...defined({
      contactId: repairedId(contact, 'contact'),
      instanceId: repairedId(instance, 'instance') ?? idInArn(contact, 'instance'),
      queueArn: repairedQueue(value.queueArn),
      signal: trimmed(value.signal),
    }),
  };
}

/** What is wrong with the addressee of a repaired message: such a message would reach nobody. */
export function addresseeFormProblems(given: JsonObject, repaired: JsonObject): Problem[] {
  const { contactId, instanceId, queueArn } = repaired;
  return [
    ...idProblems(
      'contactId',
      contactId,
      'the id of a contact, such as 11111111-2222-3333-4444-555555555555',
    ),
    ...idProblems('instanceId', instanceId, 'the id of an instance', isInstanceId),
    ...otherInstanceProblems(given.contactId, 'contactId', instanceId),
    ...queueProblems(queueArn),
    ...otherInstanceProblems(queueArn, 'queueArn', instanceId),
  ];
}

/** What is wrong with the ids of a message of the system itself: all that events may have is right. */
export function keyProblems({ contactId, instanceId }: JsonObject): Problem[] {
  const problem = (member: string, id: unknown, accepts: (id: string) => boolean) =>
    typeof id !== 'string' || id === '' || accepts(id)
      ? []
      : [createProblem('not-allowed', [member], id, 'an id that an event may have')];
  return [
    ...problem('contactId', contactId, isContactId),
    ...problem('instanceId', instanceId, isInstanceId),
  ];
}

/** The id of the instance in the ARN of a queue. */
export function instanceOfQueue(queueArn: string): string | undefined {
  return QUEUE_ARN.exec(queueArn)?.[2];
}

/**
 * What is wrong with the Region of a queue: waiting contacts are found by the ARN that their events name, which has the
 * Region of this deployment, also where another Region has a replica of the instance.
 */
export function regionProblems(queueArn: unknown, region: string | undefined): Problem[] {
  const given = typeof queueArn === 'string' ? QUEUE_ARN.exec(queueArn)?.[1] : undefined;
  if (given === undefined || region === undefined || given === region) return [];
  const allowed = `an ARN of the Region ${region}, where this system is, instead of ${given || 'none'}`;
  return [createProblem('not-served', ['queueArn'], queueArn, allowed)];
}

function trimmed(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : value;
}

function repairedQueue(value: unknown): unknown {
  return typeof value === 'string' ? plainName(value) : value;
}

function repairedId(value: unknown, kind: string): unknown {
  if (typeof value !== 'string') return value;
  return idInArn(value, kind) ?? plainName(value);
}

function idInArn(value: unknown, kind: string): string | undefined {
  const text = typeof value === 'string' ? plainName(value) : '';
  return /^arn:aws[a-z-]*:connect:/.test(text) ? arnId(text, kind) : undefined;
}

function idProblems(
  member: string,
  id: unknown,
  allowed: string,
  accepts: (id: string) => boolean = () => true,
): Problem[] {
  // Among others the quotes and braces of a placeholder that nobody filled in.
  if (typeof id !== 'string' || id === '' || (!/[^\w.-]/.test(id) && accepts(id))) return [];
  return [createProblem('not-allowed', [member], id, allowed)];
}

function queueProblems(arn: unknown): Problem[] {
  if (typeof arn !== 'string' || arn === '' || QUEUE_ARN.test(arn)) return [];
  const allowed =
    'the ARN of a queue, not its name or id: arn:aws:connect:<region>:<account>:instance/<instance id>/queue/<queue id>';
  return [createProblem('not-allowed', ['queueArn'], arn, allowed)];
}

/** An ARN and an `instanceId` that contradict each other: nobody can tell which is meant. */
function otherInstanceProblems(arn: unknown, member: string, instanceId: unknown): Problem[] {
  const inArn = idInArn(arn, 'instance');
  if (inArn === undefined || typeof instanceId !== 'string' || inArn === instanceId) return [];
  return [
    createProblem('not-allowed', [member], arn, `an ARN of the instance ${instanceId}, as instanceId says`),
  ];
}
