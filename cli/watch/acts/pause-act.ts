import { visibleLine } from '../../../lambda/domain/visible-text.ts';
import { endpointTime } from '../../aws/endpoint-clock.ts';
import type { StoreOptions } from '../../parameters/options.ts';
import { openParameterStore, PAUSE_PARAMETER } from '../../parameters/parameter-store.ts';
import { PAUSE_EFFECT, preparePause, writePause } from '../../parameters/pause.ts';
import { describePause } from '../../parameters/pause-record.ts';
import { resume } from '../../parameters/resume.ts';
import { renderText } from '../../styled-text.ts';
import type { ActPreview, ActTarget, PauseAct } from './act.ts';
import { type ActReceipt, InvalidActError, type OperatorIo } from './operator.ts';

/** @throws InvalidActError where no reason is given. */
export function previewPause(
  { reason }: PauseAct,
  id: string,
  { prefix }: Pick<StoreOptions, 'prefix'>,
  io: OperatorIo,
): ActPreview {
  const prepared = preparePause({ prefix, reason }, io);
  if (!prepared)
    throw new InvalidActError([
      { path: 'reason', message: 'Say why, such as wrong priorities since 10:00.' },
    ]);
  const { path: name, text } = prepared;
  return {
    id,
    type: 'pause',
    words: [
      'Stops all calls to Connect, for all contacts and instances of the deployment.',
      `Calls are then paused ${describePause({ text, type: 'String' })}`,
      PAUSE_EFFECT,
    ],
    warnings: [],
    target: { kind: 'parameter', name, text },
  };
}

/** @throws AwsError when the parameter cannot be read. */
export async function previewResume(id: string, options: StoreOptions, io: OperatorIo): Promise<ActPreview> {
  const store = openParameterStore(options, { ...io, err: () => {} });
  const found = await store.get(PAUSE_PARAMETER).finally(store.close);
  const name = `${options.prefix}/${PAUSE_PARAMETER}`;
  return {
    id,
    type: 'resume',
    words: [
      'Ends the pause: the system calls Connect again, with what is due then.',
      ...(found ? [`Calls are paused ${describePause(found)}`] : []),
    ],
    warnings: found ? [] : [`${name} does not exist: something else stops the calls, or nothing does.`],
    target: { kind: 'deletion', name },
  };
}

/** @throws AwsError when calls are not paused, or that is not known. */
export function sendPause(
  { name: path, text }: Extract<ActTarget, { readonly kind: 'parameter' }>,
  options: StoreOptions,
  io: OperatorIo,
): Promise<ActReceipt> {
  return collect(options, io, (printing) => writePause({ path, text }, options, printing));
}

/** @throws AwsError when calls are still paused, or that is not known. */
export function sendResume(options: StoreOptions, io: OperatorIo): Promise<ActReceipt> {
  return collect(options, io, (printing) => resume(options, printing));
}

/** Runs what a command runs, and takes what it prints for the words of the receipt. */
async function collect(
  options: StoreOptions,
  io: OperatorIo,
  run: (
    io: OperatorIo & { out(text: Parameters<typeof renderText>[0]): void; err(text: string): void },
  ) => Promise<unknown>,
): Promise<ActReceipt> {
  const at = await endpointTime(options, io);
  const lines: string[] = [];
  await run({
    ...io,
    out: (text) => lines.push(renderText(text, false)),
    err: (text) => lines.push(renderText(text, false)),
  });
  return { at, words: lines.map((line) => visibleLine(line.trimEnd())) };
}
