import { useEffect } from 'preact/hooks';

/** Whether a dialog is open: keys are for it alone then. */
export function isDialogOpen(): boolean {
  return document.querySelector('dialog[open]') !== null;
}

/** Does something at a key, unless somebody is typing or a dialog is open. @param act - undefined: the key does nothing. */
export function useKey(key: string, act: (() => void) | undefined): void {
  useEffect(() => {
    if (!act) return;
    const onKey = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input, select, textarea');
      if (event.key !== key || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isDialogOpen()) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [key, act]);
}
