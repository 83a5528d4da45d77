import type { Directory } from './directory.ts';
import type { Name, Reference } from './references.ts';

/** Warns of queues of a condition that stand in its list under their name and again under their id, or in an ARN. */
export function repeatedQueues(
  references: readonly Reference[],
  { queues }: Pick<Directory, 'queues'>,
): { readonly path: Reference['path']; readonly message: string }[] {
  const byId = Map.groupBy(references, ({ name }) => idOf(name, queues));
  return [...byId].flatMap(([id, [first, ...others]]) => {
    if (id === undefined || !first) return [];
    // Two ids need no look at Connect to be equal.
    const repeated = others.filter(({ name }) => isName(name, queues) !== isName(first.name, queues));
    return repeated.map(({ path }) => ({
      path,
      message: `${queues.get(id)} is the name of the queue ${id}, so it stands in this list twice. Remove one, or correct it.`,
    }));
  });
}

function isName(name: Name, queues: Directory['queues']): boolean {
  return name.kind === 'queue-name-or-id' && !queues.has(name.text);
}

function idOf(name: Name, queues: Directory['queues']): string | undefined {
  if (name.kind === 'queue') return name.id;
  if (name.kind !== 'queue-name-or-id') return undefined;
  return queues.has(name.text) ? name.text : [...queues].find(([, one]) => one === name.text)?.[0];
}
