import { latestVisit } from '../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { defined } from '../../lambda/domain/json.ts';
import { explainContact } from '../explain/explanation.ts';
import { formatExplanation } from '../explain/format-explanation.ts';
import { placeInLine } from '../explain/place-in-line.ts';
import { policyTexts } from '../explain/policy-texts.ts';
import type { ReadState } from '../state/read-state.ts';
import type { ContactPage } from './contact-page.ts';
import { contactTimeline } from './contact-timeline.ts';

/**
 * Explains a contact by the configuration in force.
 *
 * @param timezone - of the reader.
 */
export function contactDetail(
  record: ContactRecord,
  { state, context, compiled, records }: ReadState,
  timezone: string,
): ContactPage {
  const explanation = explainContact({
    record,
    policies: compiled ? policyTexts(compiled) : [],
    settings: context.settings,
    stopped: state.calls.reasons,
    region: context.region,
    at: state.at,
    isLive: true,
    place: placeInLine(record, records, state.isPartial, context.settings, state.at),
    timezone,
    isZoneGiven: true,
  });
  const { at, enqueuedAt, isQueued, place, applied, plan } = explanation;
  const { instanceId, contactId, facts } = record;
  return {
    at,
    instanceId,
    contactId,
    isQueued,
    tags: facts?.tags?.value ?? {},
    timeline: contactTimeline(record, explanation),
    words: formatExplanation(explanation),
    ...defined({
      enqueuedAt,
      queueArn: latestVisit(facts)?.arn,
      channel: facts?.channel,
      place: place && { place: place.place, waiting: place.waiting },
      applied,
      policy: plan.policy,
    }),
  };
}
