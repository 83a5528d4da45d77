import { type ContactFacts, queueOf } from './contact.ts';
import { without } from './json.ts';
import { LEFT_ALONE } from './plan.ts';
import type { ContactRecord, Dealings, Decision } from './record.ts';
import {
  type AgeAdjustment,
  DEFAULT_ROUTING,
  isEmptyRouting,
  type Routing,
  type RoutingIntent,
  routingChanges,
  targetRouting,
} from './routing.ts';
import { attributesAreKnown } from './view.ts';

/** Names a stay in a queue: a contact that is moved, or queued again, begins a new one. */
export function stayOf(facts: ContactFacts | undefined): string | undefined {
  const queue = facts && queueOf(facts);
  return queue && `${queue.arn}@${queue.enqueuedAt}`;
}

/** The dealings of a stay that has just begun. */
export function newDealings(stay: string, checkBeforeFirstChange: boolean): Dealings {
  return checkBeforeFirstChange
    ? { stay, inForce: {}, checked: false }
    : { stay, inForce: DEFAULT_ROUTING, checked: true };
}

/** The dealings as if no call had failed. */
export function withoutTries(dealings: Dealings): Dealings {
  const { attempts: _attempts, conflicts: _conflicts, retryAt: _retryAt, ...kept } = dealings;
  return kept;
}

/** The record without what was in force before an override, once that is in force again. */
export function restored(record: ContactRecord): ContactRecord {
  const { dealings, decision } = record;
  if (!dealings?.beforeOverride || decision?.override || workOf(record)) return record;
  if (!decision || LEFT_ALONE.has(decision.reason) || isRefused(dealings, decision)) return record;
  return { ...record, dealings: without(dealings, 'beforeOverride') };
}

/**
 * The dealings where Connect could not be asked: what is not known is taken to be the default. Where ages add up, an
 * age that is not known stays so: what is added to a wrong one would be wrong for good.
 */
export function withDefaultsAssumed(dealings: Dealings, ageAdjustment: AgeAdjustment): Dealings {
  const { priority, ageSeconds } = DEFAULT_ROUTING;
  const assumed = ageAdjustment === 'absolute' ? { priority, ageSeconds } : { priority };
  return { ...dealings, checked: true, inForce: { ...assumed, ...dealings.inForce } };
}

/** What is left to do for a contact: attributes to be fetched, to be decided with them, or changes to be made. */
export type Work =
  | { readonly kind: 'attributes'; readonly names: readonly string[] }
  | { readonly kind: 'decide' }
  | {
      readonly kind: 'changes';
      readonly changes: Routing;
      readonly target: Routing;
      readonly dealings: Dealings;
    };

/** What is left to do for the contact as it was last decided; undefined: nothing. */
export function workOf(record: ContactRecord): Work | undefined {
  const { decision, dealings } = record;
  if (!decision || LEFT_ALONE.has(decision.reason) || record.closedAt !== undefined) return undefined;
  const stay = stayOf(record.facts);
  if (stay === undefined || decision.stay !== stay || dealings?.stay !== stay) return undefined;
  const question = openQuestion(record, decision);
  // What an operator wants does not wait for what a policy may want.
  if (question && decision.override === undefined) return question;
  const intent = intentOf(record, dealings);
  const target = targetRouting(intent);
  const meant = { ...intent.beforeOverride, ...intent.wanted, ...intent.override };
  // What nobody wants any more need not be made certain.
  const doubtful = dealings.doubtful?.filter((facet) => meant[facet] !== undefined);
  const changes = routingChanges(target, dealings.inForce, doubtful);
  return isRefused(dealings, decision) || isEmptyRouting(changes)
    ? question
    : { kind: 'changes', changes, target, dealings };
}

/** Whether Connect refused what is wanted now. */
function isRefused({ refused }: Dealings, { generation }: Decision): boolean {
  return refused?.generation === generation;
}

/** What must be known before a policy can want anything. */
function openQuestion(record: ContactRecord, { needs }: Decision): Work | undefined {
  if (!needs) return undefined;
  return attributesAreKnown(record, needs) ? { kind: 'decide' } : { kind: 'attributes', names: needs };
}

function intentOf(record: ContactRecord, dealings: Dealings): RoutingIntent {
  const { decision } = record;
  return {
    inForce: dealings.inForce,
    ...(dealings.beforeOverride === undefined ? {} : { beforeOverride: dealings.beforeOverride }),
    wanted: decision && decision.mode !== 'observe' ? decision.wanted : {},
    allowLower: decision?.allowLower ?? false,
    ...(decision?.override === undefined ? {} : { override: decision.override }),
  };
}

/** True when there is work that may be done now, and not only after a while. */
export function hasWork(record: ContactRecord, now: number): boolean {
  return !isPutOff(record, now) && workOf(record) !== undefined;
}

/** True while a failed try is not to be made again yet. */
function isPutOff(record: ContactRecord, now: number): boolean {
  return (record.dealings?.retryAt ?? 0) > now;
}

/**
 * How long a call takes from its decision until Connect has it. Short beside a second, the least time between steps:
 * a contact with a step each second must not be put off each time.
 */
const UNDER_WAY_MS = 250;

/**
 * How long a look that is due is waited for: timers ring on whole seconds, and SQS hands over within a second or two.
 * One that is later may be lost, and what is known must do.
 */
const LOOK_AWAITED_MS = 5_000;

/**
 * True when the contact is about to be decided anew: its plan may have changed by the time a call got there, which
 * would bring what is overtaken, and cost a second one moments later.
 */
export function awaitsLook({ wakeAt }: ContactRecord, now: number): boolean {
  return wakeAt !== undefined && wakeAt <= now + UNDER_WAY_MS && now < wakeAt + LOOK_AWAITED_MS;
}

/** When what is left to do may be tried again after a failure; undefined: nothing is left, or nothing failed. */
export function retryTime(record: ContactRecord): number | undefined {
  const retryAt = record.dealings?.retryAt;
  return retryAt === undefined || !workOf(record) ? undefined : retryAt;
}

/** When the contact should be looked at: when its plan may change, or before that to try again. */
export function lookAtTime(record: ContactRecord): number | undefined {
  const times = [record.wakeAt, retryTime(record)].filter((at) => at !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}

const PRIORITY_DIGITS = 16;
const TIME_DIGITS = 14;

/**
 * The place of the contact's work among all that can be done now: as texts they sort by the lowest wanted
 * priority, then by the longest overdue. Undefined when there is none. Attributes are fetched at the priority
 * that a contact has without being told: what they may bring is not known.
 */
export function urgencyOf(record: ContactRecord, now: number): string | undefined {
  const work = isPutOff(record, now) ? undefined : workOf(record);
  if (!work) return undefined;
  const target = work.kind === 'changes' ? work.target : record.dealings?.inForce;
  const priority = target?.priority ?? DEFAULT_ROUTING.priority;
  const dueAt = record.decision?.dueAt ?? 0;
  return `${String(priority).padStart(PRIORITY_DIGITS, '0')}#${String(dueAt).padStart(TIME_DIGITS, '0')}`;
}

/** When the work of that urgency fell due, in milliseconds since the epoch; undefined where that was not known. */
export function dueAtOf(urgency: string): number | undefined {
  return Number(urgency.slice(PRIORITY_DIGITS + 1)) || undefined;
}
