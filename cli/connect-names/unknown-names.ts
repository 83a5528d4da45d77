import { closestMatch } from '../../lambda/domain/validation/suggestion.ts';
import type { Directory } from './directory.ts';
import type { Name } from './references.ts';

/**
 * Why Connect does not know a name, in one or two sentences, with what was probably meant.
 *
 * @returns undefined where Connect knows it.
 */
export function unknownName(name: Name, { queues, agents, attributes }: Directory): string | undefined {
  switch (name.kind) {
    case 'queue': {
      if (queues.has(name.id)) return undefined;
      // People write the name where the id belongs.
      const id = idOf(name.id, queues);
      return (
        `Connect does not know the queue ${name.id}.` +
        (id === undefined ? '' : ` Did you mean ${id}, the id of the queue ${queues.get(id)}?`)
      );
    }
    case 'queue-name': {
      const known = [...queues.values()].filter((one) => one !== '');
      if (known.includes(name.name)) return undefined;
      return `Connect does not know a queue of the name ${name.name}.${didYouMean(name.name, known)}`;
    }
    case 'queue-name-or-id':
      if (queues.has(name.text)) return undefined;
      return unknownName({ kind: 'queue-name', name: name.text }, { queues, agents, attributes });
    case 'agent':
      return agents.has(name.id) ? undefined : `Connect does not know the agent ${name.id}.`;
    case 'attribute': {
      const values = attributes.get(name.name);
      if (values?.has(name.value)) return undefined;
      return values
        ? `Connect does not know the value ${name.value} of the attribute ${name.name}.${didYouMean(name.value, [...values])}`
        : `Connect does not know the attribute ${name.name}.${didYouMean(name.name, [...attributes.keys()])}`;
    }
  }
}

/** What follows from a name that Connect does not know, by what names it. */
export const UNKNOWN_ADVICE = {
  policy: 'Correct the policy, or create it in Connect: until then the policy has no effect there.',
  condition: 'Correct the condition, or create it in Connect: until then the condition never holds there.',
  settings: 'Correct the list, or create it in Connect: until then no route that names the list finds it.',
} as const;

function didYouMean(name: string, known: readonly string[]): string {
  const closest = closestMatch(name, known);
  return closest === undefined ? '' : ` Did you mean ${closest}?`;
}

/** The id of the queue with that name, or with the one that is most similar. */
function idOf(name: string, queues: ReadonlyMap<string, string>): string | undefined {
  const closest = closestMatch(
    name,
    [...queues.values()].filter((one) => one !== ''),
  );
  return [...queues].find(([, one]) => one === closest)?.[0];
}
