import type { ContactEventEnvelope } from '../../centre/index.ts';

/*
 * What really happened to a contact: what Connect and the senders of messages know. It is read from all events, also
 * those that EventBridge lost, without the code that the system reads them with. Times are milliseconds since the
 * epoch.
 */

export interface Story {
  readonly contactId: string;
  /** The first contact of the transfer chain. */
  readonly initialContactId: string;
  readonly channel: string;
  /** The customer, where the events name one. */
  readonly customerId?: string;
  /** How many earlier contacts of the customer were queued, one for each transfer chain; absent: nobody can know. */
  readonly recentContacts?: number;
  /** What begins an attribute and value for which no agent is staffed, such as `Language:French`, where that is known. */
  readonly unstaffed: readonly string[];
  readonly queueId: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly enqueuedAt: number;
  readonly firstEnqueuedAt: number;
  readonly transfers: number;
  /** When it left its queue, or the contact ended. */
  readonly leftAt?: number;
  readonly pauses: readonly Interval[];
  /** The pauses of the contacts before it in its transfer chain. */
  readonly earlierPauses: readonly Interval[];
  /** When a contact of its channel without a target counts as due, in seconds after it was queued. */
  readonly horizonSeconds: number;
  /** The values of attributes, each from its time on, in order of time. */
  readonly attributes: readonly { readonly at: number; readonly values: Readonly<Record<string, string>> }[];
  readonly signals: readonly (Interval & { readonly name: string })[];
  /** What its queue has by conditions, or may have, while nobody can tell. */
  readonly queueSignals: readonly (Interval & { readonly name: string; readonly isCertain: boolean })[];
  readonly overrides: readonly Override[];
}

/** What an operator sets while it holds, also against policies. */
interface Override extends Interval {
  readonly priority?: number;
  readonly ageSeconds?: number;
  readonly route?: readonly string[];
}

/** From `from`, inclusive, to `until`, exclusive. */
export interface Interval {
  readonly from: number;
  readonly until: number;
}

/** What a run logs of what happened outside the system. */
export interface RunLog {
  readonly events: readonly ContactEventEnvelope[];
  readonly attributes: readonly {
    readonly at: number;
    readonly contactId: string;
    readonly values: Readonly<Record<string, string>>;
  }[];
  /** Rule messages of other systems, with the time at which they were sent. */
  readonly messages: readonly { readonly at: number; readonly body: object }[];
  /** The setting `horizon`: `default`, and channels where it differs. */
  readonly horizon: Readonly<Record<string, string>>;
}

interface Message {
  readonly type: string;
  readonly contactId: string;
  readonly signal?: string;
  readonly ttl?: string;
  readonly set?: { readonly priority?: number; readonly age?: string; readonly route?: readonly string[] };
}

interface Detail {
  readonly eventType: string;
  readonly contactId: string;
  readonly initialContactId?: string;
  readonly previousContactId?: string;
  readonly initiationMethod: string;
  readonly channel: string;
  readonly customerId?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly queueInfo?: { readonly queueArn?: string; readonly enqueueTimestamp: string };
  readonly agentInfo?: { readonly connectedToAgentTimestamp?: string };
  readonly disconnectTimestamp?: string;
}

const FOREVER = Number.POSITIVE_INFINITY;

/** The stories of all contacts that were queued, by contact id. */
export function storiesOf(log: RunLog): Map<string, Story> {
  const stories = new Map<string, Story>();
  const byContact = Map.groupBy(log.events, ({ detail }) => detail.contactId);
  // A contact is transferred after it was queued, so the contact before comes first.
  const queued = [...byContact].filter(([, events]) => events.some((event) => detailOf(event).queueInfo));
  for (const [contactId, events] of queued) {
    stories.set(contactId, storyOf(contactId, events, log, stories));
  }
  return stories;
}

function storyOf(
  contactId: string,
  events: readonly ContactEventEnvelope[],
  log: RunLog,
  stories: ReadonlyMap<string, Story>,
): Story {
  const details = events.map(detailOf);
  const first = details[0] as Detail;
  const continues = /TRANSFER|CALLBACK/.test(first.initiationMethod);
  const before = continues ? stories.get(first.previousContactId ?? '') : undefined;
  const enqueuedAt = Math.min(
    ...details.flatMap(({ queueInfo }) => (queueInfo ? Date.parse(queueInfo.enqueueTimestamp) : [])),
  );
  const ends = details.flatMap(({ disconnectTimestamp, agentInfo }) =>
    [disconnectTimestamp, agentInfo?.connectedToAgentTimestamp].flatMap((text) =>
      // One of 1970 is not set, and an agent may have had the contact before it was queued.
      text === undefined || Date.parse(text) < enqueuedAt ? [] : Date.parse(text),
    ),
  );
  const messages = log.messages
    .map(({ at, body }) => ({ at, message: body as Message }))
    .filter(({ message }) => message.contactId === contactId);
  const ownAttributes = log.attributes.filter((change) => change.contactId === contactId);
  return {
    contactId,
    initialContactId: before?.initialContactId ?? first.initialContactId ?? contactId,
    channel: first.channel,
    customerId: details.find(({ customerId }) => customerId !== undefined)?.customerId,
    unstaffed: [],
    queueId:
      details
        .find(({ queueInfo }) => queueInfo)
        ?.queueInfo?.queueArn?.split('/')
        .at(-1) ?? '',
    tags: first.tags ?? {},
    enqueuedAt,
    firstEnqueuedAt: Math.min(enqueuedAt, before?.firstEnqueuedAt ?? FOREVER),
    transfers: before ? before.transfers + 1 : 0,
    leftAt: ends.length === 0 ? undefined : Math.min(...ends),
    pauses: pausesOf(events),
    earlierPauses: [...(before?.earlierPauses ?? []), ...(before?.pauses ?? [])].map(({ from, until }) => ({
      from,
      until: Math.min(until, enqueuedAt),
    })),
    horizonSeconds: seconds(log.horizon[first.channel] ?? log.horizon.default),
    attributes: ownAttributes.map(({ at, values }, index) => ({
      at,
      values: Object.assign({}, ...ownAttributes.slice(0, index).map((earlier) => earlier.values), values),
    })),
    signals: [...messages.flatMap(signalOf), ...(before?.signals ?? [])],
    queueSignals: [],
    overrides: overridesOf(messages),
  };
}

function pausesOf(events: readonly ContactEventEnvelope[]): Interval[] {
  const timesOf = (eventType: string) =>
    events.filter(({ detail }) => detail.eventType === eventType).map(({ time }) => Date.parse(time));
  const resumes = timesOf('RESUMED').sort((a, b) => a - b);
  return timesOf('PAUSED').map((from) => ({ from, until: resumes.find((at) => at >= from) ?? FOREVER }));
}

function signalOf({ at, message }: { readonly at: number; readonly message: Message }) {
  if (message.type !== 'signal' || message.signal === undefined) return [];
  return [{ name: message.signal, from: at, until: at + seconds(message.ttl) * 1_000 }];
}

/** The last message counts, and a release ends what it finds. */
function overridesOf(messages: readonly { readonly at: number; readonly message: Message }[]): Override[] {
  const relevant = messages.filter(({ message }) => /^(override|release)$/.test(message.type));
  return relevant.flatMap(({ at, message }, index) => {
    if (message.type !== 'override') return [];
    const nextAt = relevant[index + 1]?.at ?? FOREVER;
    const until = Math.min(nextAt, at + seconds(message.ttl) * 1_000);
    const { priority, age, route } = message.set ?? {};
    return [{ from: at, until, priority, ageSeconds: age === undefined ? undefined : seconds(age), route }];
  });
}

function detailOf({ detail }: ContactEventEnvelope): Detail {
  return detail as unknown as Detail;
}

/** Of `90s`, `7m`, `1h30m`; infinity without a text. */
export function seconds(text: string | undefined): number {
  if (text === undefined) return FOREVER;
  const units: Readonly<Record<string, number>> = { d: 86_400, h: 3_600, m: 60, s: 1 };
  return [...text.matchAll(/(\d+)([dhms])/g)].reduce(
    (sum, [, amount, unit = 's']) => sum + Number(amount) * (units[unit] ?? 0),
    0,
  );
}
