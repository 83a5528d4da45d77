import { keyString } from '../../lambda/domain/contact/contact-key.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import type { Shadow } from '../../lambda/domain/contact/shadows.ts';
import { defined } from '../../lambda/domain/json.ts';
import { compareUrgency, shadowUrgency } from './escalated.ts';
import type { BesidePolicy, PolicyLine } from './system-state.ts';
import type { WaitingContact } from './waiting-contact.ts';

/** What a policy that observes would have done for a contact; undefined where it would not govern it. */
function shadowOf({ shadows }: Pick<ContactRecord, 'shadows'>, name: string): Shadow | undefined {
  return shadows?.policies.find(({ policy }) => policy === name);
}

/** What a policy that observes would do for those who wait, beside what is in force. */
export function observes(
  name: string,
  records: readonly ContactRecord[],
  contacts: readonly WaitingContact[],
): Pick<PolicyLine, 'governs' | 'late' | 'escalated' | 'beside'> {
  const byKey = new Map<string, WaitingContact>(contacts.map((contact) => [keyString(contact), contact]));
  const pairs = records.flatMap((record) => {
    const [shadow, contact] = [shadowOf(record, name), byKey.get(keyString(record))];
    if (!shadow || !contact) return [];
    return [
      { policy: contact.policy, shadow, by: compareUrgency(shadowUrgency(record, shadow), contact.coming) },
    ];
  });
  return {
    governs: pairs.length,
    // Whether a target that nobody enforces is over says nothing of the policy.
    late: 0,
    escalated: pairs.filter(({ shadow }) => shadow.changes > 0).length,
    beside: [...Map.groupBy(pairs, ({ policy }) => policy)]
      .map(
        ([policy, same]): BesidePolicy => ({
          ...defined({ policy }),
          contacts: same.length,
          moreUrgent: same.filter(({ by }) => by < 0).length,
          lessUrgent: same.filter(({ by }) => by > 0).length,
        }),
      )
      .sort((a, b) => b.contacts - a.contacts),
  };
}
