import { calendarsInForce, policyInForce } from '../../lambda/domain/configuration/build.ts';
import type { CompiledConfiguration } from '../../lambda/domain/configuration/compiled.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import type { PolicyText } from '../explain/evaluations.ts';
import { type Explanation, explainContact } from '../explain/explanation.ts';
import { formatExplanation } from '../explain/format-explanation.ts';
import { placeInLine } from '../explain/place-in-line.ts';
import type { ReadState } from '../state/read-state.ts';

/** One contact in full: what `escalator explain` says, as data and in words. */
export interface ContactDetail {
  readonly explanation: Explanation;
  readonly words: string;
}

/**
 * Explains a contact by the configuration in force.
 *
 * @param timezone - of the reader.
 */
export function contactDetail(
  record: ContactRecord,
  { state, context, compiled, records }: ReadState,
  timezone: string,
): ContactDetail {
  const explanation = explainContact({
    record,
    policies: compiled ? policyTexts(compiled) : [],
    settings: context.settings,
    region: context.region,
    at: state.at,
    isLive: true,
    place: placeInLine(record, records, state.isPartial, context.settings, state.at),
    timezone,
    isZoneGiven: true,
  });
  return { explanation, words: formatExplanation(explanation) };
}

/** The policies in force, as they were compiled. */
export function policyTexts({ policies, calendars = [] }: CompiledConfiguration): PolicyText[] {
  const named = calendarsInForce(calendars);
  return policies.flatMap((part) => {
    const { policy } = policyInForce(part, named);
    return policy ? [{ policy, text: JSON.stringify(part.source) }] : [];
  });
}
