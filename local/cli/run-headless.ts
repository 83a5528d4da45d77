import type { CommandIo } from '../../cli/command-io.ts';
import { readSetup } from '../demo/demo-setup.ts';
import { formatProgress, formatStart } from '../demo/format.ts';
import { Playback } from '../playback/playback.ts';
import { findProbe, measureLatency, playDemo, setUpCentre, startDemoCentre } from './demo.ts';
import { EXIT_CODES } from './exit-code.ts';
import type { LocalOptions } from './options.ts';
import type { LocalTerminal } from './terminal.ts';

/**
 * `npm start -- --headless`: runs the demo at once, without a console.
 *
 * @returns the exit code.
 * @throws EndpointError when the port is not available, UsageError when a path or a time is not usable.
 */
export async function runHeadless(
  options: LocalOptions,
  io: Pick<CommandIo, 'cwd' | 'err' | 'columns'>,
  logDirectory: string,
  { print, status }: Pick<LocalTerminal, 'print' | 'status'>,
): Promise<number> {
  const { port, seed, speed, demo } = options;
  const setup = await readSetup(options, io);
  if (!setup) return EXIT_CODES.usage;
  const centre = await startDemoCentre({ port, seed, setup, demo, logDirectory });
  try {
    print(`AWS endpoint: ${centre.local.system.url}\n`);
    await setUpCentre(centre);
    if (!demo) return EXIT_CODES.success;
    const probe = findProbe(centre);
    print(
      probe
        ? 'Measuring the latency from a contact event to the update, with no other contact waiting ...\n'
        : 'No policy changes a contact as soon as it waits, so the latency of an update is not measured.\n',
    );
    const latenciesMs = await measureLatency(centre, probe);
    print(formatStart(setup, options));
    const { verdict, text } = await playDemo(centre, {
      playback: new Playback({ speed, seed, durationMs: setup.window.endsAt - setup.window.startsAt }),
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
