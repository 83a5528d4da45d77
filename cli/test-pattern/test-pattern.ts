import type { CommandIo } from '../command-io.ts';
import { evaluateLine } from './evaluate-line.ts';

/** `escalator test-pattern`: prints a line of JSON for each line of JSON that it reads, in order. */
export async function testPattern(io: CommandIo): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  let hasLine = false;
  for await (const chunk of io.stdin) {
    rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const end = rest.lastIndexOf('\n') + 1;
    hasLine ||= rest !== '';
    if (end > 0) io.out(evaluateLines(rest.slice(0, end - 1)));
    rest = rest.slice(end);
  }
  rest += decoder.decode();
  if (rest !== '') io.out(evaluateLines(rest));
  if (!hasLine) io.err('Stdin is empty: expected lines {"pattern":…,"event":…}.\n');
}

function evaluateLines(lines: string): string {
  return lines
    .split('\n')
    .map((line) => `${JSON.stringify(evaluateLine(line))}\n`)
    .join('');
}
