import { isObject } from '../../../lambda/domain/json.ts';
import { plainName } from './log-time.ts';

/** A kind of record that is often taken for a contact event, and how to tell it, by the plain names of its members. */
type ForeignKind = readonly [is: string, test: (names: ReadonlySet<string>) => boolean];

const FOREIGN_KINDS: readonly ForeignKind[] = [
  [
    'an agent event, which Connect streams of agents',
    (names) => names.has('agentarn') && !names.has('contactid'),
  ],
  [
    'a Contact Lens segment, which Connect streams of a conversation',
    (names) =>
      names.has('instanceid') &&
      names.has('contactid') &&
      names.has('eventtype') &&
      !names.has('instancearn') &&
      !names.has('initiationmethod'),
  ],
  [
    'a Contact Lens analysis, which Connect writes of a conversation',
    (names) => names.has('conversationcharacteristics') || names.has('customermetadata'),
  ],
  ['a flow log, which Connect writes of the blocks of a flow', (names) => names.has('contactflowid')],
  [
    'a CloudTrail record, which AWS writes of an API call',
    (names) => names.has('eventsource') && names.has('eventname'),
  ],
  [
    'an entry of a chat transcript, which Connect writes of a conversation',
    (names) => names.has('participantid') && names.has('contenttype'),
  ],
  [
    'the answer of DescribeContact or SearchContacts, which shows one moment',
    (names) => (names.has('contact') || names.has('contacts')) && !names.has('type'),
  ],
  [
    'a contact record, which Connect writes when a contact is over',
    (names) => names.has('contactid') && names.has('initiationtimestamp') && !names.has('eventtype'),
  ],
];

/**
 * Says what a record is that is no contact event, and what to record instead: one of another stream of Connect, or of
 * another system.
 *
 * @returns undefined for what may be meant as a contact event or rule message.
 */
export function describeForeign(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const names = new Set(Object.keys(value).map(plainName));
  if (names.has('detail') || names.has('detailtype')) return undefined;
  const kind = FOREIGN_KINDS.find(([, test]) => test(names))?.[0];
  if (kind) return `This is ${kind}, and no contact event: ${INSTEAD}`;
  const isOfConnect = ['contactid', 'instancearn', 'instanceid', 'type', 'queueinfo'].some((name) =>
    names.has(name),
  );
  return isOfConnect
    ? undefined
    : `This is no contact event of Amazon Connect: it has no detail, contactId or instanceArn; ${INSTEAD}`;
}

const INSTEAD = 'record the events of an EventBridge rule instead.';
