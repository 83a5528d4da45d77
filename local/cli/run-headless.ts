import { formatProgress } from '../demo/format.ts';
import { Playback } from '../playback/playback.ts';
import { measureLatency, playDemo, setUpCentre, startDemoCentre } from './demo.ts';
import { EXIT_CODES } from './exit-code.ts';
import type { LocalOptions } from './options.ts';
import type { LocalTerminal } from './terminal.ts';

/**
 * `npm start -- --headless`: runs the demo at once, without a console.
 *
 * @returns the exit code.
 * @throws EndpointError when the port is not available.
 */
export async function runHeadless(
  { port, seed, minutes, speed, demo }: LocalOptions,
  logDirectory: string,
  { print, status }: Pick<LocalTerminal, 'print' | 'status'>,
): Promise<number> {
  const centre = await startDemoCentre({ port, seed, logDirectory });
  try {
    print(`AWS endpoint: ${centre.local.system.url}\n`);
    const examples = await setUpCentre(centre);
    if (!demo) return EXIT_CODES.success;
    print('Measuring the latency from a contact event to the update, with no other contact waiting ...\n');
    const latenciesMs = await measureLatency(centre);
    print(
      `Simulating ${minutes} minutes of a busy contact centre, ${speed} times real time (seed ${seed}) ...\n`,
    );
    const { verdict, text } = await playDemo(centre, {
      playback: new Playback({ speed, seed, durationMs: minutes * 60_000 }),
      seed,
      minutes,
      examples,
      latenciesMs,
      // A terminal shows one line that is overwritten; a log gets a line per simulated minute.
      progressIntervalMs: status ? 5_000 : 60_000,
      onProgress: (progress) =>
        status ? status(formatProgress(progress)) : print(`${formatProgress(progress)}\n`),
    });
    print(`\n${text}`);
    return EXIT_CODES[verdict];
  } finally {
    await centre.local.stop();
  }
}
