import { DEFAULT_ROUTING } from '../../lambda/domain/routing/routing.ts';
import { DEFAULT_SETTINGS } from '../../lambda/domain/settings.ts';
import { type Random, seededRandom } from '../../sim/random.ts';
import { exponential } from '../../sim/workload/index.ts';

/** The quota of UpdateContactRoutingData of a new account, as AWS documents it. */
export const QUOTA = { ratePerSecond: 20, burst: 20 } as const;

/** The groups of contacts. */
export type Tier = 'platinum' | 'gold' | 'others';

/** The priority that is due after a time in the queue. */
export interface Step {
  readonly afterSeconds: number;
  /** 1 is the most urgent; a new contact has 5. */
  readonly priority: number;
}

/** The share of the contacts that are in a tier, and their steps. */
interface TierPlan {
  readonly share: number;
  readonly steps: readonly Step[];
}

/**
 * The tiers, the most urgent first. 7 % of all changes are platinum's. At ten times the quota, these changes
 * take 70 % of it.
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

/** A change that is due after a time in the queue. */
interface DueChange {
  readonly afterSeconds: number;
  /** Where it puts the contact among others: a lower number is more urgent. */
  readonly rank: number;
  /** It is on time when it is applied no later than this after it is due. */
  readonly withinSeconds: number;
}

/** What is due to the contacts of each tier. */
export interface Plan {
  /** The rank of a contact to which nothing was done. */
  readonly unset: number;
  readonly changes: Readonly<Record<Tier, readonly DueChange[]>>;
}

/** A change of priority is on time when it is applied within this time. */
const ON_TIME_SECONDS = 10;

/** The steps of {@link TIERS}: their rank is the priority. */
export const STEP_PLAN: Plan = {
  unset: DEFAULT_ROUTING.priority,
  changes: planOf((tier) =>
    TIERS[tier].steps.map(({ afterSeconds, priority }) => ({
      afterSeconds,
      rank: priority,
      withinSeconds: ON_TIME_SECONDS,
    })),
  ),
};

/** The waits within which contacts should be answered, in seconds. Others have the horizon of the settings. */
export const TARGET_SECONDS: Readonly<Partial<Record<Tier, number>>> = { platinum: 120, gold: 300 };

/**
 * The ages of {@link TARGET_SECONDS}, once for each contact as it comes: their rank is the age, below 0. They are on time
 * when they show in the queue before the contact is due.
 */
export const TARGET_PLAN: Plan = {
  unset: 0,
  changes: planOf((tier) => {
    const target = TARGET_SECONDS[tier];
    if (target === undefined) return [];
    const { horizon, routingLagSeconds } = DEFAULT_SETTINGS;
    const rank = target - horizon.defaultSeconds;
    return [{ afterSeconds: 0, rank, withinSeconds: target - routingLagSeconds }];
  }),
};

function planOf(changesOf: (tier: Tier) => readonly DueChange[]): Plan['changes'] {
  return { platinum: changesOf('platinum'), gold: changesOf('gold'), others: changesOf('others') };
}

/** The mean wait until an agent answers or the contact abandons, exponentially distributed. */
const MEAN_WAIT_SECONDS = 180;

/** The share of the contacts that an agent answers. */
const ANSWERED_SHARE = 0.6;

/** A contact whose wait does not depend on its routing. */
export interface OfferedContact {
  readonly contactId: string;
  readonly tier: Tier;
  /** Milliseconds since the start. */
  readonly arrivesAtMs: number;
  readonly waitsMs: number;
  readonly isAnswered: boolean;
}

/**
 * Generates contacts that arrive independently of each other (Poisson). The rate is such that the changes
 * that are due while their contacts are queued are `load` times the quota.
 */
export function generateContacts(load: number, minutes: number, seed: number): OfferedContact[] {
  const random = seededRandom(seed);
  const meanGapMs = 1_000 / ((load * QUOTA.ratePerSecond) / changesPerContact());
  const contacts: OfferedContact[] = [];
  for (let at = exponential(random, meanGapMs); at < minutes * 60_000; at += exponential(random, meanGapMs)) {
    contacts.push({
      contactId: `c-${contacts.length}`,
      tier: drawTier(random),
      arrivesAtMs: Math.ceil(at),
      waitsMs: Math.ceil(exponential(random, MEAN_WAIT_SECONDS * 1_000)),
      isAnswered: random() < ANSWERED_SHARE,
    });
  }
  return contacts;
}

/** The load of one tier in multiples of the quota, when the load of all tiers is `load` times the quota. */
export function offeredLoad(tier: Tier, load: number): number {
  return (load * changesPerContactOfTier(tier)) / changesPerContact();
}

/** The mean number of steps that a contact reaches while it is queued. */
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
  let rest = random();
  return (
    TIER_NAMES.find((tier) => {
      rest -= TIERS[tier].share;
      return rest < 0;
    }) ?? 'others'
  );
}
