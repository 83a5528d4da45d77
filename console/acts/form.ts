import type { Act, ActType } from '../../cli/watch/acts/act.ts';
import type { Draft } from './draft.ts';

/** A field of the form of an act. */
export interface Field {
  readonly name: FieldName;
  readonly label: string;
  readonly hint?: string;
  /** Lines of text that it shows. Default: 1. */
  readonly lines?: number;
  readonly isRequired?: true;
}

export type FieldName = 'priority' | 'age' | 'route' | 'signal' | 'ttl' | 'actor' | 'reason';

export type Values = Readonly<Partial<Record<FieldName, string>>>;

const ACTOR: Field = { name: 'actor', label: 'Your name', hint: 'for the history of the contact' };
const REASON: Field = { name: 'reason', label: 'Reason', hint: 'others see it', lines: 2 };

/** The fields of each act; none where there is nothing to choose. */
export const FIELDS: Readonly<Record<ActType, readonly Field[]>> = {
  override: [
    { name: 'priority', label: 'Priority', hint: '1 is the most urgent' },
    { name: 'age', label: 'Age', hint: 'instead of a priority, such as 5m or -5m' },
    {
      name: 'route',
      label: 'Route',
      hint: 'one step a line, such as Language:English >= 3 for 45s',
      lines: 2,
    },
    { name: 'ttl', label: 'Ends after', hint: 'such as 10m; empty: when it is released' },
    ACTOR,
    REASON,
  ],
  release: [ACTOR, REASON],
  signal: [
    { name: 'signal', label: 'Signal', hint: 'its name, such as vip', isRequired: true },
    { name: 'ttl', label: 'Ends after', hint: 'such as 30m; empty: it does not end' },
  ],
  pause: [{ ...REASON, isRequired: true }],
  resume: [],
};

/** What stands in the fields at first. */
export function firstValues(type: ActType, who: string): Values {
  switch (type) {
    case 'override':
      return { priority: '1', ttl: '10m', actor: who };
    case 'release':
      return { actor: who };
    case 'signal':
      return { ttl: '30m' };
    default:
      return {};
  }
}

/** The act that a form describes. Whether it is valid, the server says. */
export function actOf({ type, contact, queue }: Draft, values: Values): Act {
  const given = (name: FieldName) => values[name]?.trim() || undefined;
  switch (type) {
    case 'pause':
      return { type, reason: values.reason ?? '' };
    case 'resume':
      return { type };
    case 'override': {
      const route = given('route')
        ?.split('\n')
        .map((step) => step.trim())
        .filter(Boolean);
      const priority = given('priority');
      return {
        type,
        ...contact,
        set: { priority: priority && numberOf(priority), age: given('age'), route },
        actor: given('actor'),
        reason: given('reason'),
        ttl: given('ttl'),
      };
    }
    case 'release':
      return { type, ...contact, actor: given('actor'), reason: given('reason') };
    case 'signal':
      return { type, ...contact, queueArn: queue?.arn, signal: given('signal'), ttl: given('ttl') };
  }
}

/** What is no number stays a text, which the server refuses in words. */
function numberOf(text: string): number | string {
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}

/** The field that a problem is about; undefined where it is about the whole act. */
export function fieldOf(path: string, fields: readonly Field[]): FieldName | undefined {
  const name = path.replace(/^set\./, '').replace(/[.[].*$/, '');
  return fields.find((field) => field.name === name)?.name;
}
