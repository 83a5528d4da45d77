import type { PlanReason } from '../../lambda/domain/contact/decision.ts';
import { MAX_SHADOWS } from '../../lambda/domain/contact/shadows.ts';
import type { FormatMoment } from '../wording/times.ts';
import type { PolicyEvaluation } from './evaluations.ts';

type UngovernedReason = Exclude<PlanReason, 'governed'>;

/** Why no policy governs a contact. */
export const REASON_SENTENCES: Readonly<Record<UngovernedReason, string>> = {
  'no-policy': 'No policy governs the contact.',
  'needs-attributes':
    'Which policy governs the contact depends on attributes that are not known. ' +
    'They are requested from Connect:',
  'attributes-later':
    'Which policy governs the contact depends on attributes that are not known and not needed yet.',
  'needs-queue-name':
    'Which policy governs the contact depends on the name of its queue, which is not known yet. It is looked up while ' +
    'a policy in force names it.',
  'not-queued': 'The contact is not in a queue, so the system does not act on it.',
  paused: 'The contact is a paused task, so the system does not act on it until it is resumed.',
  closed: 'Connect no longer knows the contact, so the system does not act on it.',
  'other-region': 'The contact is active in another Region. Only that Region may act on it.',
  'other-instance': 'The settings do not include the instance of the contact.',
  'test-contact':
    'It is a contact of Connect’s own tests, which are left out: the setting testContacts: true includes them.',
};

/** The same, as a label in the timeline. */
export const REASON_LABELS: Readonly<Record<UngovernedReason, string>> = {
  'no-policy': 'no policy',
  'needs-attributes': 'attributes requested',
  'attributes-later': 'attributes not needed yet',
  'needs-queue-name': 'name of the queue not known yet',
  'not-queued': 'not queued',
  paused: 'paused task',
  closed: 'closed',
  'other-region': 'active in another Region',
  'other-instance': 'instance not in the settings',
  'test-contact': 'contact of a test',
};

export function formatVerdict(
  { verdict, rollout, opensAt, calendar }: PolicyEvaluation,
  formatMoment: FormatMoment,
): string {
  switch (verdict) {
    case 'governs':
      return 'governs';
    case 'observes':
      return 'observes: it would govern if it were enforced';
    case 'unrecorded':
      return `not recorded: ${MAX_SHADOWS} observing policies come before it`;
    case 'preceded':
      return 'not evaluated: a policy before it governs';
    case 'inactive':
      return 'would govern, but the system does not act on the contact';
    case 'unknown':
      return 'may govern: this depends on attributes that are not known';
    case 'unknown-queue':
      return 'may govern: this depends on the name of the queue, which is not known';
    case 'off':
      return 'no: its mode is off';
    case 'no-match':
      return 'no: it does not match';
    case 'not-in-rollout':
      return `no: the contact is not in its rollout of ${rollout} %`;
    case 'closed':
      return (
        `no: outside its hours${calendar === undefined ? '' : ` (the calendar ${calendar})`}` +
        `${opensAt === undefined ? '' : `, which begin at ${formatMoment(opensAt)}`}`
      );
  }
}
