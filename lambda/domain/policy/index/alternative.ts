import { type Field, matches, type Pattern, type Rule } from '../../pattern/index.ts';
import type { ContactView } from '../contact-view.ts';
import { directPlace, type Place, type Texts, textOf } from './place.ts';
import type { RuleRest } from './rest.ts';

/** A field of the view which is read directly. */
interface DirectField extends Place {
  readonly test: Field['test'];
  readonly mayBeAbsent: boolean;
}

/**
 * The direct fields of the policies of one tree. Equal requirements are one object, so that what most policies require
 * stays in the cache of the processor.
 */
export class DirectFields {
  /** By the name, and the values as they are written. */
  readonly #all = new Map<string, DirectField>();

  /** The field of a requirement; undefined where it is not read directly. */
  of({ name, values, test, mayBeAbsent }: Field): DirectField | undefined {
    const place = directPlace(name);
    if (!place) return undefined;
    const key = JSON.stringify([name, values]);
    const field = this.#all.get(key) ?? { ...place, test, mayBeAbsent };
    this.#all.set(key, field);
    return field;
  }
}

/**
 * What is left to test of one of the alternatives that a policy accepts. Tests a contact as `matches` does, and faster:
 * the shape of the view is known, so a field has one place.
 */
export class Alternative implements RuleRest {
  readonly number: number;
  readonly #rule: Rule;
  readonly #fields: DirectFields;
  readonly #direct: readonly DirectField[];
  /** Fields that may have several places, or are in lists. */
  readonly #others: Pattern | undefined;

  constructor(rule: Rule, number: number, fields: DirectFields) {
    const direct: DirectField[] = [];
    const others: Field[] = [];
    for (const field of rule) {
      const ofTree = fields.of(field);
      if (ofTree) direct.push(ofTree);
      else others.push(field);
    }
    this.number = number;
    this.#rule = rule;
    this.#fields = fields;
    this.#direct = direct;
    this.#others = others.length === 0 ? undefined : { rules: [others] };
  }

  /** True where nothing is left to test. */
  get isTested(): boolean {
    return this.#rule.length === 0;
  }

  /** What is left once a field was tested. */
  without(name: string): Alternative {
    return new Alternative(
      this.#rule.filter((field) => field.name !== name),
      this.number,
      this.#fields,
    );
  }

  get fieldNames(): string[] {
    return this.#rule.map(({ name }) => name);
  }

  get alternatives(): readonly RuleRest[] {
    return [this];
  }

  accepts(view: ContactView): boolean {
    for (const field of this.#direct) if (!holds(field, view)) return false;
    return this.#others === undefined || matches(this.#others, view);
  }
}

function holds({ first, other, test, mayBeAbsent }: DirectField, view: ContactView): boolean {
  let value = view[first];
  if (other !== undefined && value !== undefined) value = textOf(value as Texts, other);
  if (value === undefined) return mayBeAbsent;
  if (typeof value !== 'object') return test(value);
  const texts = value as readonly string[];
  return texts.length === 0 ? mayBeAbsent : texts.some(test);
}
