import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Draft } from './draft.ts';

/** What the page acts through. */
export interface Operate {
  /** The person who acts, as the server names them; may be empty. */
  readonly who: string;
  /** Opens the dialog of an act. */
  start(draft: Draft): void;
}

/** Undefined where the page cannot act. */
export const OperateContext = createContext<Operate | undefined>(undefined);

export const useOperate = () => useContext(OperateContext);

/** Who acts through this page; undefined where the server lets it read alone. */
export function operatorOfPage(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[name="operator"]')?.content;
}
