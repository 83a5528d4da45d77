import type { ContactFacts } from '../domain/contact.ts';
import { foldFacts } from '../domain/fold.ts';
import { withoutPersonalData } from '../domain/personal-data.ts';
import type { ContactRecord } from '../domain/record.ts';
import { type ReconcileWorld, reconcile } from './reconcile.ts';

/** Folds what a contact event told into its contact's record, without personal data, and acts on what that changes. */
export async function takeEvent(facts: ContactFacts, world: ReconcileWorld): Promise<ContactRecord> {
  const { policies } = await world.configuration();
  const kept = withoutPersonalData(facts, policies);
  return reconcile(facts, (record) => foldFacts(record, kept), world);
}
