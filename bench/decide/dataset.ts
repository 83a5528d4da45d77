import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { ContactView } from '../../lambda/domain/policy/contact-view.ts';

/** The pattern of a policy as it is written: by field its values and operators. */
export type MatchSource = Readonly<Record<string, unknown>>;

/** A contact centre: the patterns of its policies in order, and contacts that meet few of them. */
export interface Dataset {
  readonly patterns: readonly MatchSource[];
  readonly contacts: readonly ContactView[];
}

type PickIndex = (count: number) => number;

const TIERS = ['bronze', 'silver', 'gold', 'platinum'];
const LANGUAGES = ['en', 'es', 'de', 'fr', 'it', 'pt', 'nl', 'pl'];
const CHANNELS = ['VOICE', 'VOICE', 'VOICE', 'CHAT', 'TASK'];

/** The last ones in every world, however large: they name no exact text but a channel, and the last takes everybody. */
const GENERAL_PATTERNS: readonly MatchSource[] = [
  { channel: ['VOICE'], transfers: [{ numeric: ['>=', 3] }] },
  { initiationMethod: [{ prefix: 'TRANS' }] },
  { channel: ['VOICE', 'CHAT', 'TASK', 'EMAIL'] },
];

/**
 * A world of so many policies. The larger it is, the more queues, signals and segments it has.
 *
 * @param vagueShare the part of the policies that names nothing exactly, so that no index can help.
 */
export function generateDataset(policyCount: number, contactCount: number, vagueShare: number): Dataset {
  const generator = xoroshiro128plus(1);
  const pick: PickIndex = (count) => uniformInt(generator, 0, count - 1);
  const variety = Math.ceil(policyCount / 3) + 2;
  const own = policyCount - GENERAL_PATTERNS.length;
  const vague = Math.round(own * vagueShare);
  const matches = Array.from({ length: own }, (_, at) =>
    // Spread evenly among the others.
    Math.floor(((at + 1) * vague) / own) > Math.floor((at * vague) / own)
      ? { tags: { customer: [{ prefix: `${pick(1_000_000)}` }] } }
      : generatePattern(at, pick, variety),
  );
  const contacts = Array.from({ length: contactCount }, (_, at) => generateContact(at, pick, variety));
  return { patterns: [...matches, ...GENERAL_PATTERNS], contacts };
}

function generatePattern(at: number, pick: PickIndex, variety: number): MatchSource {
  const queue = { id: [`queue-${pick(variety)}`] };
  switch (at % 6) {
    case 0:
      return { signals: [`rule:${pick(variety)}`] };
    case 1:
      return { channel: ['VOICE'], queue, tags: { tier: ['gold', 'platinum'] } };
    case 2:
      return {
        channel: ['VOICE'],
        attributes: { segment: [`s-${pick(variety)}`], account: [{ prefix: '9' }] },
      };
    case 3:
      return { queue, transfers: [{ numeric: ['>=', 1] }] };
    case 4:
      return { tags: { language: [pickOne(LANGUAGES, pick)], product: [`p-${pick(variety)}`] } };
    default:
      return { channel: ['CHAT', 'TASK'], queue, tags: { campaign: [{ prefix: 'summer-' }] } };
  }
}

/** As `contactView` makes it. */
function generateContact(at: number, pick: PickIndex, variety: number): ContactView {
  const queueId = `queue-${pick(variety)}`;
  return {
    instanceId: 'i-1',
    contactId: `c-${at}`,
    initialContactId: `c-${at}`,
    channel: pickOne(CHANNELS, pick),
    initiationMethod: pick(10) === 0 ? 'TRANSFER' : 'INBOUND',
    queue: {
      id: queueId,
      arn: `arn:aws:connect:eu-central-1:123456789012:instance/i-1/queue/${queueId}`,
      type: 'STANDARD',
    },
    tags: {
      tier: pickOne(TIERS, pick),
      language: pickOne(LANGUAGES, pick),
      product: `p-${pick(variety)}`,
      campaign: `${pickOne(['summer', 'autumn'], pick)}-${pick(5)}`,
      customer: `${pick(1_000_000)}`,
    },
    segmentAttributes: { 'connect:Subtype': 'connect:Telephony' },
    attributes: { segment: `s-${pick(variety)}`, account: `${pick(1_000_000)}` },
    signals: pick(4) === 0 ? [`rule:${pick(variety)}`, `rule:${pick(variety)}`] : [],
    transfers: pick(5) === 0 ? 1 : 0,
  };
}

function pickOne<T>(values: readonly [T, ...T[]] | readonly T[], pick: PickIndex): T {
  return values[pick(values.length)] as T;
}
