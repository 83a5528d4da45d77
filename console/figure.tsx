import type { ComponentChildren } from 'preact';

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly note: string;
  readonly isWrong?: boolean;
  readonly children?: ComponentChildren;
}

/** A figure with its name, in a list of definitions. */
export function Figure({ name, value, note, isWrong = false, children }: FigureProps) {
  return (
    <div class={isWrong ? 'figure wrong' : 'figure'}>
      <dt>{name}</dt>
      <dd>
        <span class="value">{value}</span>
        {children}
        <span class="note">{note}</span>
      </dd>
    </div>
  );
}
