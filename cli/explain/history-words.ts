import type { PlanReason } from '../../lambda/domain/contact/decision.ts';
import { isObject } from '../../lambda/domain/json.ts';
import type { Routing, RoutingUpdate } from '../../lambda/domain/routing/routing.ts';
import { formatRouting } from '../wording/routing-words.ts';
import type { FormatMoment } from '../wording/times.ts';
import { formatUpdate } from '../wording/update-words.ts';
import { REASON_LABELS } from './phrases.ts';

const DECISION = /^([a-z-]+)(?: by (\S+))?(?: step (\d+))?(, overridden with )?(\{.*\})?$/;
/** Earlier records have `step undefined` where a target alone would set something. */
const SHADOW = /^shadow: (\S+)(?: step (?:(\d+)|undefined))? would set (\{.*\})$/;
const RESULT = /^(applied|result unknown of|conflict at|rejected) \{/;

/** What became of an update, in words. */
const RESULTS: Readonly<Record<string, string>> = {
  applied: 'set',
  'result unknown of': 'not known whether this was set:',
  'conflict at': 'somebody else was changing the contact, so this is tried again:',
  rejected: 'Connect rejected',
};

/** The step that a line of a contact's history names, by its index where each step of a ramp counts. */
export function stepInHistory(text: string): { readonly policy: string; readonly step: number } | undefined {
  const [, , policy, step] = DECISION.exec(text) ?? [undefined, ...(SHADOW.exec(text) ?? [])];
  return policy === undefined || step === undefined ? undefined : { policy, step: Number(step) };
}

/**
 * A line of a contact's history in the words of the rest of the explanation. A line that is not known is shown as it is.
 *
 * @param at - the time of the line, in milliseconds since the epoch.
 * @param sourceIndex - index of its step in the text of the policy. Default: as if the policy had no ramp.
 */
export function formatHistoryText(
  text: string,
  at: number,
  formatMoment: FormatMoment,
  sourceIndex?: number,
): string {
  const step = (sourceIndex ?? stepInHistory(text)?.step ?? 0) + 1;
  return shadowLine(text, step) ?? updateLine(text, at, formatMoment) ?? decisionLine(text, step) ?? text;
}

function shadowLine(text: string, step: number): string | undefined {
  const [, policy, shadowStep, json] = SHADOW.exec(text) ?? [];
  const routing = parseObject(json);
  const by = shadowStep === undefined ? 'target' : `step ${step}`;
  return routing && `${policy} would set ${formatRouting(routing as Routing)} by its ${by}`;
}

function updateLine(text: string, at: number, formatMoment: FormatMoment): string | undefined {
  const found = parseUpdateLine(text);
  if (!found) return undefined;
  const { result, update, message } = found;
  const words = formatUpdate(update, at, formatMoment);
  return `${RESULTS[result] ?? result} ${words}${message === '' ? '' : `: ${message}`}`;
}

/** A line of a contact's history about an update of its routing. */
export interface UpdateLine {
  /** What became of it, as the line begins, such as `applied`. */
  readonly result: string;
  readonly update: RoutingUpdate;
  /** What Connect answered; empty where it accepted the update. */
  readonly message: string;
}

/**
 * What a line of a contact's history says of an update; undefined where it is about something else.
 *
 * The JSON of a route has braces of its own: it ends where it can be parsed.
 */
export function parseUpdateLine(text: string): UpdateLine | undefined {
  const [, result] = RESULT.exec(text) ?? [];
  if (result === undefined) return undefined;
  const rest = text.slice(result.length + 1);
  for (let end = rest.indexOf('}'); end !== -1; end = rest.indexOf('}', end + 1)) {
    const update = parseObject(rest.slice(0, end + 1)) as RoutingUpdate | undefined;
    if (update) return { result, update, message: rest.slice(end + 1).replace(/^: /, '') };
  }
  return undefined;
}

/** What a line of a contact's history says of a decision. */
export interface DecisionLine {
  readonly policy?: string;
  /** The index of the step, where each step of a ramp counts. */
  readonly step?: number;
  /** Whether an operator's override stood in place of the policy. */
  readonly isOverridden: boolean;
}

/** What a line of a contact's history says of a decision; undefined where it is about something else. */
export function parseDecisionLine(text: string): DecisionLine | undefined {
  const [, reason = '', policy, step, overridden] = DECISION.exec(text) ?? [];
  if (reason !== 'governed' && labelOf(reason) === undefined) return undefined;
  return {
    isOverridden: overridden !== undefined,
    ...(policy !== undefined && { policy }),
    ...(step !== undefined && { step: Number(step) }),
  };
}

function decisionLine(text: string, step: number): string | undefined {
  const [, reason = '', policy, index, , json] = DECISION.exec(text) ?? [];
  const label = reason === 'governed' ? 'governed' : labelOf(reason);
  if (label === undefined) return undefined;
  const override = parseObject(json);
  const by = policy === undefined ? '' : ` by ${policy}`;
  const at = index === undefined ? '' : `, step ${step}`;
  return `${label}${by}${at}${override ? `; an operator set ${formatRouting(override as Routing)} instead` : ''}`;
}

function labelOf(reason: string): string | undefined {
  return Object.hasOwn(REASON_LABELS, reason)
    ? REASON_LABELS[reason as Exclude<PlanReason, 'governed'>]
    : undefined;
}

function parseObject(json: string | undefined): object | undefined {
  try {
    const value: unknown = JSON.parse(json ?? '');
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
