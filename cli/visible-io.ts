import { visibleLine, visibleText } from '../lambda/domain/visible-text.ts';
import type { CommandIo, Terminal } from './command-io.ts';
import { renderText } from './styled-text.ts';

/**
 * What commands print through. Names, texts and errors come from files, from AWS and from those who send messages: what
 * they hold is shown, and nothing of it is obeyed by the terminal.
 */
export function createVisibleIo(terminal: Terminal): CommandIo {
  const { status, ask, colours, ...rest } = terminal;
  return {
    ...rest,
    out: (text) => terminal.out(renderText(text, colours)),
    err: (text) => terminal.err(visibleText(text)),
    status: status && ((text) => status(visibleLine(text))),
    ask: ask && ((question) => ask(visibleText(question))),
  };
}
