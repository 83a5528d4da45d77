import { once } from 'node:events';
import { createProcessIo } from '../../cli/command-io.ts';
import { visibleLine, visibleText } from '../../lambda/domain/visible-text.ts';

/** Calls the listener with each key that is pressed. @returns what ends this. */
export type Keys = (listener: (key: string) => void) => () => void;

/** Where `npm start` prints, and what a person presses there. */
export interface LocalTerminal {
  print(text: string): void;
  /** Shows a line that replaces the previous one. Undefined where output does not go to a terminal. */
  readonly status?: ((line: string) => void) | undefined;
  /** Undefined where input does not come from a terminal. */
  readonly keys?: Keys | undefined;
  /** Calls the listener, instead of ending the process, when it is to end. @returns what ends this. */
  onInterrupt(listener: () => void): () => void;
}

/** The terminal of this process. What it prints may come from anybody on this machine: the endpoint accepts all. */
export function processTerminal(): LocalTerminal {
  const { stdout, stdin } = process;
  const { onInterrupt } = createProcessIo();
  return {
    print: (text) => stdout.write(visibleText(text)),
    status: stdout.isTTY ? (line) => stdout.write(`\r\u001b[K${visibleLine(line)}`) : undefined,
    keys: stdin.isTTY && stdout.isTTY ? pressedKeys : undefined,
    onInterrupt(listener) {
      const stop = onInterrupt(listener);
      process.once('SIGTERM', listener);
      return () => {
        stop();
        process.off('SIGTERM', listener);
      };
    },
  };
}

/** Each key at once, without Enter. The terminal then sends Ctrl-C as a key, too. */
const pressedKeys: Keys = (listener) => {
  const { stdin } = process;
  const onData = (text: string) => {
    for (const key of text) listener(key);
  };
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.on('data', onData);
  return () => {
    stdin.off('data', onData);
    stdin.setRawMode(false);
    stdin.pause();
  };
};

/** Resolves when the signal is aborted. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
