import { type Random, seededRandom } from '../../sim/random.ts';
import { exponential } from '../../sim/workload/index.ts';

/** Calls of UpdateContactRoutingData that Connect grants, as AWS documents for a new account. */
export const QUOTA = { ratePerSecond: 20, burst: 20 } as const;

/** How urgent a contact is to its centre. */
export type Tier = 'platinum' | 'gold' | 'others';

/** From a time in the queue on, a contact should have a priority. */
export interface Step {
  readonly afterSeconds: number;
  /** 1 is the most urgent; a new contact has 5. */
  readonly priority: number;
}

/** What share of the contacts a tier has, and what it should get. */
interface TierPlan {
  readonly share: number;
  readonly steps: readonly Step[];
}

/**
 * The tiers, most urgent first. Of all changes that fall due 7 % are platinum's: at ten times the quota they alone
 * take 70 % of it, and fit in.
 */
export const TIERS: Readonly<Record<Tier, TierPlan>> = {
  platinum: { share: 0.1, steps: [{ afterSeconds: 0, priority: 1 }] },
  gold: {
    share: 0.3,
    steps: [
      { afterSeconds: 0, priority: 3 },
      { afterSeconds: 60, priority: 2 },
    ],
  },
  others: {
    share: 0.6,
    steps: [
      { afterSeconds: 30, priority: 4 },
      { afterSeconds: 120, priority: 3 },
    ],
  },
};

export const TIER_NAMES = Object.keys(TIERS) as Tier[];

/** How long contacts wait on average until an agent answers or they hang up, exponentially distributed. */
const MEAN_WAIT_SECONDS = 180;

/** The part of the contacts that an agent answers. */
const ANSWERED_SHARE = 0.6;

/** A contact that waits, whatever is done for it, from one moment to another. */
export interface OfferedContact {
  readonly contactId: string;
  readonly tier: Tier;
  /** Milliseconds since the beginning. */
  readonly arrivesAtMs: number;
  readonly waitsMs: number;
  readonly isAnswered: boolean;
}

/**
 * Contacts that arrive independently of each other (Poisson), so many that the changes that fall due while their
 * contact still waits are `load` times what the quota grants.
 */
export function generateContacts(load: number, minutes: number, seed: number): OfferedContact[] {
  const random = seededRandom(seed);
  const meanGapMs = 1_000 / ((load * QUOTA.ratePerSecond) / changesPerContact());
  const all: OfferedContact[] = [];
  for (let at = exponential(random, meanGapMs); at < minutes * 60_000; at += exponential(random, meanGapMs)) {
    all.push({
      contactId: `c-${all.length}`,
      tier: drawTier(random),
      arrivesAtMs: Math.ceil(at),
      waitsMs: Math.ceil(exponential(random, MEAN_WAIT_SECONDS * 1_000)),
      isAnswered: random() < ANSWERED_SHARE,
    });
  }
  return all;
}

/** How many times the quota the changes of one tier are, when all changes are `load` times the quota. */
export function offeredLoad(tier: Tier, load: number): number {
  return (load * changesPerContactOfTier(tier)) / changesPerContact();
}

/** Steps that a contact lives to see in its queue, on average. */
function changesPerContact(): number {
  return TIER_NAMES.reduce((sum, tier) => sum + changesPerContactOfTier(tier), 0);
}

function changesPerContactOfTier(tier: Tier): number {
  const { share, steps } = TIERS[tier];
  return steps.reduce(
    (sum, { afterSeconds }) => sum + share * Math.exp(-afterSeconds / MEAN_WAIT_SECONDS),
    0,
  );
}

function drawTier(random: Random): Tier {
  let left = random();
  return (
    TIER_NAMES.find((tier) => {
      left -= TIERS[tier].share;
      return left < 0;
    }) ?? 'others'
  );
}
