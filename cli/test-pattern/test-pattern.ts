import type { Io } from '../io.ts';
import { answerLine } from './answer.ts';

/** `escalator test-pattern`: one line of JSON out for each line of JSON in, in their order. */
export async function testPattern(io: Io): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of io.stdin) {
    rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const end = rest.lastIndexOf('\n') + 1;
    if (end > 0) io.out(answers(rest.slice(0, end - 1)));
    rest = rest.slice(end);
  }
  rest += decoder.decode();
  if (rest !== '') io.out(answers(rest));
}

function answers(lines: string): string {
  return lines
    .split('\n')
    .map((line) => `${JSON.stringify(answerLine(line))}\n`)
    .join('');
}
