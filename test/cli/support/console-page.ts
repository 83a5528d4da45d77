import { setTimeout } from 'node:timers/promises';
import { run } from '../../../cli/run.ts';
import { type CliInput, createIo } from './run-cli.ts';

/**
 * Runs `escalator watch` until a page has had all that is read of the system, or a failure, asks for more, and interrupts
 * it.
 *
 * @param paths - below the address of the page, each of which is asked for after these events.
 * @param acts - each of which is previewed and sent after that.
 */
export async function watchOnce(
  args: readonly string[],
  paths: readonly string[] = [],
  input: CliInput = {},
  acts: readonly object[] = [],
) {
  const written = { out: '', err: '' };
  let interrupt: () => void = () => {};
  const io = createIo({ ...input, onInterrupt: (listener) => (interrupt = listener) }, (stream, text) => {
    written[stream] += text;
  });
  let isEnded = false;
  const running = run(args, io).finally(() => {
    isEnded = true;
  });
  while (!written.out.includes('\n') && !isEnded) await setTimeout(5);
  const events: string[] = [];
  const answers: string[] = [];
  if (!isEnded) {
    const url = written.out.trim();
    const { body } = await fetch(`${url}events/p-1`);
    for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      events.push(chunk);
      if (/^(?:event: failure\ndata: .*|data: .*"figures":.*)\n\n/m.test(events.join(''))) break;
    }
    for (const path of paths) answers.push(await (await fetch(url + path)).text());
    for (const act of acts) {
      const { id } = JSON.parse(await post(`${url}acts/preview`, act));
      answers.push(await post(`${url}acts/send/${id}`, {}));
    }
    interrupt();
  }
  return { code: await running, ...written, events: events.join(''), answers };
}

async function post(url: string, body: object): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return response.text();
}
