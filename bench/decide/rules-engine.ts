import { Engine, type NestedCondition } from 'json-rules-engine';
import type { ContactView } from '../../lambda/domain/policy/contact-view.ts';
import type { MatchSource } from './dataset.ts';

/** A contact as facts of json-rules-engine, by the names of the fields. */
export type EngineFacts = Readonly<Record<string, unknown>>;

/** The fields of a contact, their keys joined with dots, so that no path has to be walked. */
export function toFacts(contact: ContactView): EngineFacts {
  return flatten(contact);
}

/**
 * Decides with json-rules-engine: one rule for each pattern, asked in order until the first success. From 100 policies
 * on that is up to twice as fast as giving all rules one priority, which the engine then evaluates together.
 */
export function createRulesEngine(sources: readonly MatchSource[]): (facts: EngineFacts) => Promise<number> {
  const engine = new Engine([], { allowUndefinedFacts: true });
  engine.addOperator<unknown, string>('startsWith', (value, start) =>
    typeof value === 'string' ? value.startsWith(start) : false,
  );
  engine.addOperator<unknown, readonly unknown[]>('hasOneOf', (values, wanted) =>
    Array.isArray(values) ? values.some((value) => wanted.includes(value)) : false,
  );
  for (const [at, source] of sources.entries()) {
    engine.addRule({
      name: String(at),
      priority: sources.length - at,
      conditions: { all: Object.entries(flatten(source)).map(([fact, wanted]) => toCondition(fact, wanted)) },
      event: { type: 'governs', params: { at } },
    });
  }
  engine.on('success', () => engine.stop());
  return async (facts) => {
    const { events } = await engine.run(facts);
    return Number(events[0]?.params?.at ?? -1);
  };
}

function toCondition(fact: string, wanted: unknown): NestedCondition {
  const [first] = wanted as readonly { prefix?: string; numeric?: readonly [string, number] }[];
  if (first?.prefix !== undefined) return { fact, operator: 'startsWith', value: first.prefix };
  if (first?.numeric) return { fact, operator: 'greaterThanInclusive', value: first.numeric[1] };
  return { fact, operator: fact === 'signals' ? 'hasOneOf' : 'in', value: wanted };
}

function flatten(node: object, before = ''): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) =>
      typeof value === 'object' && !Array.isArray(value)
        ? Object.entries(flatten(value, `${before}${key}.`))
        : [[`${before}${key}`, value]],
    ),
  );
}
