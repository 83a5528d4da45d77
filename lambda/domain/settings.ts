import { durationSeconds } from './duration.ts';
import { type SettingsSource, settingsSchema } from './policy/schema.ts';
import type { AgeAdjustment } from './routing/routing.ts';
import type { QuotaLimits } from './routing/token-bucket.ts';
import { type LocatedProblem, readDocument } from './validation/document.ts';
import { schemaProblems } from './validation/problem.ts';

/** How the system works in this account and Region. */
export interface Settings {
  /** UpdateContactRoutingData calls per second granted to the account and Region. Default 20. */
  readonly updateRate: number;
  /** Default 20. */
  readonly updateBurst: number;
  /** The part of the rate that this system may use, above 0 up to 1. Default 0.9. */
  readonly updateShare: number;
  /** DescribeContact calls per second granted. Default 10. */
  readonly describeRate: number;
  /** Default 15. */
  readonly describeBurst: number;
  /** Ask Connect what is in force before a contact is changed for the first time. Default true. */
  readonly checkBeforeFirstChange: boolean;
  /** Seconds from a call until it shows in a queue. Default 60. */
  readonly routingLagSeconds: number;
  /** Default absolute. */
  readonly ageAdjustment: AgeAdjustment;
  /** Ids of the instances served; undefined serves those given at deploy. */
  readonly instances?: readonly string[];
  /** The kill switch: decide and record, call nothing. Default false. */
  readonly pause: boolean;
}

/** The settings where none are given. Rates and bursts are those that AWS documents for a new account. */
export const DEFAULT_SETTINGS: Settings = {
  updateRate: 20,
  updateBurst: 20,
  updateShare: 0.9,
  describeRate: 10,
  describeBurst: 15,
  checkBeforeFirstChange: true,
  routingLagSeconds: 60,
  ageAdjustment: 'absolute',
  pause: false,
};

/** Settings that can be used, or all that is wrong with them. */
export type ParsedSettings =
  | { readonly settings: Settings; readonly problems: readonly [] }
  | { readonly settings?: undefined; readonly problems: readonly LocatedProblem[] };

/** Checks settings in JSON or YAML. Never throws; reports every problem at once; what is absent is the default. */
export function parseSettings(text: string): ParsedSettings {
  const document = readDocument(text);
  if (document.problems.length > 0) return { problems: document.problems };
  const problems = schemaProblems(settingsSchema, document.value).map(document.locate);
  if (problems.length > 0) return { problems };
  const { routingLag, ...given } = document.value as SettingsSource;
  const routingLagSeconds = routingLag === undefined ? undefined : durationSeconds(routingLag);
  return {
    settings: {
      ...DEFAULT_SETTINGS,
      ...given,
      ...(routingLagSeconds === undefined ? {} : { routingLagSeconds }),
    },
    problems: [],
  };
}

/** What this system may use of the quota of UpdateContactRoutingData. */
export function updateLimits(settings: Settings): QuotaLimits {
  return { ratePerSecond: settings.updateRate * settings.updateShare, burst: settings.updateBurst };
}

/** What may be used of the quota of DescribeContact: the same share as of the updates. */
export function describeLimits(settings: Settings): QuotaLimits {
  return { ratePerSecond: settings.describeRate * settings.updateShare, burst: settings.describeBurst };
}
