import { Engine, type NestedCondition } from 'json-rules-engine';
import type { ContactView } from '../../lambda/domain/policy/contact-view.ts';
import type { MatchSource } from './dataset.ts';

/** A contact as facts of json-rules-engine: values by field name. */
type EngineFacts = Readonly<Record<string, unknown>>;

/**
 * Flattens a contact: the keys of nested fields are joined with dots, so that the engine resolves no paths.
 */
export function toFacts(contact: ContactView): EngineFacts {
  return flatten(contact);
}

/**
 * Decides with json-rules-engine: one rule for each pattern, evaluated in order until the first success. With
 * 100 policies or more this is up to twice as fast as rules of one priority, which the engine evaluates
 * together.
 */
export function createRulesEngine(sources: readonly MatchSource[]): (facts: EngineFacts) => Promise<number> {
  const engine = new Engine([], { allowUndefinedFacts: true });
  engine.addOperator<unknown, string>('startsWith', (value, start) =>
    typeof value === 'string' ? value.startsWith(start) : false,
  );
  engine.addOperator<unknown, readonly unknown[]>('hasOneOf', (values, expected) =>
    Array.isArray(values) ? values.some((value) => expected.includes(value)) : false,
  );
  engine.addOperator<unknown, RegExp>(
    'isLike',
    (value, form) => typeof value === 'string' && form.test(value),
  );
  engine.addOperator<unknown, readonly unknown[]>(
    'isNoneOf',
    (value, excluded) => value !== undefined && !excluded.includes(value),
  );
  for (const [index, source] of sources.entries()) {
    engine.addRule({
      name: String(index),
      priority: sources.length - index,
      conditions: {
        all: Object.entries(flatten(source)).map(([fact, expected]) => toCondition(fact, expected)),
      },
      event: { type: 'governs', params: { index } },
    });
  }
  engine.on('success', () => engine.stop());
  return async (facts) => {
    const { events } = await engine.run(facts);
    return Number(events[0]?.params?.index ?? -1);
  };
}

interface Operators {
  readonly prefix?: string;
  readonly numeric?: readonly [string, number];
  readonly wildcard?: string;
  readonly 'anything-but'?: string | readonly string[];
}

function toCondition(fact: string, expected: unknown): NestedCondition {
  const [first] = expected as readonly Operators[];
  if (first?.prefix !== undefined) return { fact, operator: 'startsWith', value: first.prefix };
  if (first?.numeric) return { fact, operator: 'greaterThanInclusive', value: first.numeric[1] };
  if (first?.wildcard !== undefined) {
    return { fact, operator: 'isLike', value: new RegExp(`^${first.wildcard.replaceAll('*', '.*')}$`) };
  }
  if (first?.['anything-but'] !== undefined) {
    return { fact, operator: 'isNoneOf', value: [first['anything-but']].flat() };
  }
  return { fact, operator: fact === 'signals' ? 'hasOneOf' : 'in', value: expected };
}

function flatten(node: object, prefix = ''): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) =>
      typeof value === 'object' && !Array.isArray(value)
        ? Object.entries(flatten(value, `${prefix}${key}.`))
        : [[`${prefix}${key}`, value]],
    ),
  );
}
