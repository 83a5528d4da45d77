import { useKey } from '../use-key.ts';
import type { Draft } from './draft.ts';
import { useOperate } from './operate.ts';

interface ActButtonProps {
  readonly label: string;
  readonly draft: Draft;
  /** The key that does the same. */
  readonly shortcut?: string;
}

/** Begins an act. Nothing where the page cannot act. */
export function ActButton({ label, draft, shortcut }: ActButtonProps) {
  const operate = useOperate();
  const start = operate && (() => operate.start(draft));
  useKey(shortcut ?? '', shortcut ? start : undefined);
  if (!start) return null;
  return (
    <button type="button" class="act" aria-keyshortcuts={shortcut} onClick={start}>
      {label} {shortcut && <kbd>{shortcut}</kbd>}
    </button>
  );
}
