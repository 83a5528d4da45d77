import { forecast } from '../../cli/explain/forecast.ts';
import { type ContactRecord, emptyRecord } from '../../lambda/domain/contact/record.ts';
import { applyMessage } from '../../lambda/domain/messages/apply-message.ts';
import type { ContactMessage } from '../../lambda/domain/messages/rule-message.ts';
import { applyPlan } from '../../lambda/domain/reconcile/apply-plan.ts';
import { type PlanContext, plan } from '../../lambda/domain/reconcile/plan.ts';

/** A signal, an override or a release. */
export type Order = Extract<ContactMessage, { readonly type: 'signal' | 'override' | 'release' }>;

/** A contact to make up. Times are milliseconds since the epoch. */
export interface MadeUpContact {
  readonly instanceId: string;
  readonly contactId: string;
  readonly queueArn: string;
  readonly enqueuedAt: number;
  /** Default: VOICE. */
  readonly channel?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Messages about it, in order of time. */
  readonly messages?: readonly Order[];
}

/** A policy that changes calls of gold as they come, and once more after so many seconds. */
export function twoSteps(seconds: number): Record<string, object> {
  return {
    'gold-callers': {
      match: { channel: ['VOICE'], tags: { tier: ['gold'] } },
      steps: [
        { after: '0s', set: { priority: 3 } },
        { after: `${seconds}s`, set: { priority: 1 } },
      ],
    },
  };
}

/** How long calls are in a flow before they wait. */
const IN_FLOW_MS = 25_000;

/** The record of a contact that waits, as the handlers leave it if every update succeeds at once. */
export function waitingRecord(contact: MadeUpContact, context: PlanContext, now: number): ContactRecord {
  const { instanceId, contactId, queueArn, enqueuedAt, channel = 'VOICE', tags, messages = [] } = contact;
  let record: ContactRecord = {
    ...emptyRecord({ instanceId, contactId }),
    facts: {
      instanceId,
      contactId,
      channel,
      initiationMethod: 'INBOUND',
      initiatedAt: enqueuedAt - IN_FLOW_MS,
      firstEnqueuedAt: enqueuedAt,
      queue: { arn: queueArn, type: 'STANDARD', enqueuedAt },
      ...(tags && { tags: { at: enqueuedAt - IN_FLOW_MS, value: tags } }),
    },
  };
  let from = enqueuedAt;
  for (const message of messages) {
    record = forecast(record, context, from, message.at - 1).record;
    record = applyMessage(record, message, message.at);
    from = message.at;
  }
  return forecast(record, context, from, now).record;
}

/** The same, decided anew and with the change still due. */
export function dueRecord(record: ContactRecord, context: PlanContext, now: number): ContactRecord {
  return applyPlan(record, plan(record, context, now), context.settings, now);
}
