import { useMemo, useRef } from 'preact/hooks';
import type { PageState } from '../../cli/watch/page-state.ts';
import type { OptionalColumns } from './columns.tsx';

/**
 * The tags and targets that contacts have had since the page was opened: a column in which nobody has anything takes the
 * room of others. One that is there stays, so that nothing jumps as contacts come and leave.
 */
export function useUsedColumns({
  tagNames,
  state: { queues },
}: PageState): Pick<OptionalColumns, 'tagNames' | 'hasTarget'> {
  const tags = useRef(new Set<string>());
  const hasTarget = useRef(false);
  return useMemo(() => {
    for (const contact of queues.flatMap(({ contacts }) => contacts)) {
      for (const name of tagNames) if (Object.hasOwn(contact.tags, name)) tags.current.add(name);
      if (contact.targetAt !== undefined) hasTarget.current = true;
    }
    return {
      tagNames: tagNames.filter((name) => tags.current.has(name)),
      hasTarget: hasTarget.current,
    };
  }, [queues, tagNames]);
}
