import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { ContactView } from '../../lambda/domain/policy/contact-view.ts';

/** The pattern of a policy before it is compiled: values and operators by field. */
export type MatchSource = Readonly<Record<string, unknown>>;

/** The patterns of policies in order, and contacts. Each contact matches few of the patterns. */
export interface Dataset {
  readonly patterns: readonly MatchSource[];
  readonly contacts: readonly ContactView[];
}

type PickIndex = (count: number) => number;

const TIERS = ['bronze', 'silver', 'gold', 'platinum'];
const LANGUAGES = ['en', 'es', 'de', 'fr', 'it', 'pt', 'nl', 'pl'];
const CHANNELS = ['VOICE', 'VOICE', 'VOICE', 'CHAT', 'TASK'];

/**
 * The last patterns of every dataset. They name no exact value but a channel, and the last matches every
 * contact.
 */
const GENERAL_PATTERNS: readonly MatchSource[] = [
  { channel: ['VOICE'], transfers: [{ numeric: ['>=', 3] }] },
  { initiationMethod: [{ prefix: 'TRANS' }] },
  { channel: ['VOICE', 'CHAT', 'TASK', 'EMAIL'] },
];

/**
 * Generates a dataset. The more policies it has, the more queues, signals and segments it has. The result is
 * always the same for the same arguments.
 *
 * @param vagueShare - the share of the policies without an exact value: with prefix, numeric, wildcard or anything-but
 *   alone. 0 to 1.
 */
export function generateDataset(policyCount: number, contactCount: number, vagueShare: number): Dataset {
  const generator = xoroshiro128plus(1);
  const pick: PickIndex = (count) => uniformInt(generator, 0, count - 1);
  const variety = Math.ceil(policyCount / 3) + 2;
  const count = policyCount - GENERAL_PATTERNS.length;
  const vagueCount = Math.round(count * vagueShare);
  let vague = 0;
  const patterns = Array.from({ length: count }, (_, index) =>
    // The vague patterns are spread evenly among the others.
    Math.floor(((index + 1) * vagueCount) / count) > Math.floor((index * vagueCount) / count)
      ? generateVaguePattern(vague++, pick)
      : generatePattern(index, pick, variety),
  );
  const contacts = Array.from({ length: contactCount }, (_, index) => generateContact(index, pick, variety));
  return { patterns: [...patterns, ...GENERAL_PATTERNS], contacts };
}

function generatePattern(index: number, pick: PickIndex, variety: number): MatchSource {
  const queue = { id: [`queue-${pick(variety)}`] };
  switch (index % 6) {
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

/** Few contacts match it, if any. */
function generateVaguePattern(index: number, pick: PickIndex): MatchSource {
  switch (index % 5) {
    case 0:
      return { tags: { customer: [{ prefix: `${pick(1_000_000)}` }] } };
    case 1:
      return { recentContacts: [{ numeric: ['>=', 4 + pick(12)] }] };
    case 2:
      return { tags: { campaign: [{ wildcard: `*ring-${pick(1_000)}-*` }] } };
    case 3:
      return { tags: { tier: [{ 'anything-but': TIERS }] } };
    default:
      return { tags: { [`flag-${pick(50)}`]: [{ 'anything-but': 'no' }] } };
  }
}

function generateContact(index: number, pick: PickIndex, variety: number): ContactView {
  const queueId = `queue-${pick(variety)}`;
  return {
    instanceId: 'i-1',
    contactId: `c-${index}`,
    initialContactId: `c-${index}`,
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
    recentContacts: pick(4),
  };
}

function pickOne<T>(values: readonly [T, ...T[]] | readonly T[], pick: PickIndex): T {
  return values[pick(values.length)] as T;
}
