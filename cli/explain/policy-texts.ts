import { calendarsInForce, policyInForce } from '../../lambda/domain/configuration/build-policies.ts';
import type { CompiledConfiguration } from '../../lambda/domain/configuration/compiled.ts';
import type { PolicyText } from './evaluations.ts';

/** The policies in force, as they were compiled. Those that this version cannot build are left out. */
export function policyTexts({ policies, calendars = [] }: CompiledConfiguration): PolicyText[] {
  const named = calendarsInForce(calendars);
  return policies.flatMap((part) => {
    const { policy } = policyInForce(part, named);
    return policy ? [{ policy, text: JSON.stringify(part.source) }] : [];
  });
}
