import { styleText } from 'node:util';
import { visibleText } from '../lambda/domain/visible-text.ts';

/** A part of a text that has a colour where results may have colours. */
export interface StyledText {
  readonly text: string;
  readonly colour: 'red' | 'yellow' | 'green' | 'cyan';
}

/** What a command prints. Colours stand beside the text, since nothing in the text itself reaches the terminal as such. */
export type PrintedText = string | readonly (string | StyledText)[];

/** The text for the terminal: made visible, and only then given its colours. */
export function renderText(text: PrintedText, colours: boolean): string {
  const parts = typeof text === 'string' ? [text] : text;
  return parts
    .map((part) => {
      if (typeof part === 'string') return visibleText(part);
      const visible = visibleText(part.text);
      // The caller knows whether the output goes to a terminal.
      return colours ? styleText(part.colour, visible, { validateStream: false }) : visible;
    })
    .join('');
}
