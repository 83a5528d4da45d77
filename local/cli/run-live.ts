import type { CommandIo } from '../../cli/command-io.ts';
import { INSTANCE } from '../demo/centre-config.ts';
import { type DemoSetup, readSetup } from '../demo/demo-setup.ts';
import { formatProgress, formatStart } from '../demo/format.ts';
import type { DemoProgress } from '../demo/run.ts';
import { type NextRun, Playback } from '../playback/playback.ts';
import { serveConsole } from '../playback/serve-console.ts';
import {
  type DemoCentre,
  findProbe,
  measureLatency,
  PREFIX,
  playDemo,
  setUpCentre,
  startDemoCentre,
} from './demo.ts';
import { EXIT_CODES } from './exit-code.ts';
import { pressKey } from './keys.ts';
import type { LocalOptions } from './options.ts';
import { aborted, type LocalTerminal } from './terminal.ts';
import { usageHint } from './usage-hint.ts';

interface LiveOptions {
  readonly options: LocalOptions;
  /** Where relative paths start, and what is wrong with the scenario or the policies is said. */
  readonly io: Pick<CommandIo, 'cwd' | 'err' | 'columns'>;
  readonly logDirectory: string;
  readonly terminal: LocalTerminal;
  /** Called with the address of the console when it is served for the first time. */
  readonly onAddress: (url: string) => void;
}

/** Where the endpoint and the console of an earlier run were: those of the next one are there, too. */
interface Addresses {
  readonly port: number;
  readonly url: string;
}

/**
 * `npm start`: serves the console, and runs the demo once a person is there to watch it, as often as that person likes.
 *
 * @returns the exit code: that of the last run that came to its end.
 * @throws EndpointError when the port is not available, UsageError when a path or a time is not usable.
 */
export async function runLive(live: LiveOptions): Promise<number> {
  const { options, terminal, io } = live;
  const end = new AbortController();
  const stopListening = terminal.onInterrupt(() => end.abort());
  let exitCode: number = EXIT_CODES.success;
  let next: NextRun | undefined = options;
  let addresses: Addresses | undefined;
  try {
    while (next) {
      // Other customers: another part of the day may be the busiest. What it warns of was said before.
      const setup = await readSetup(
        { ...options, seed: next.seed },
        addresses ? { ...io, err: () => {} } : io,
      );
      if (!setup) return EXIT_CODES.usage;
      const run = new LiveRun(live, setup, next, end);
      addresses = await run.play(addresses);
      exitCode = run.exitCode ?? exitCode;
      next = run.next;
    }
    return exitCode;
  } finally {
    stopListening();
  }
}

/** One run of the demo, from a fresh centre to the wish for another one. */
class LiveRun {
  readonly #live: LiveOptions;
  readonly #setup: DemoSetup;
  readonly #playback: Playback;
  readonly #seed: number;
  readonly #end: AbortController;
  /** Aborted when the run is to make way: for the end, or for another one. */
  readonly #stop = new AbortController();
  #progress: DemoProgress | undefined;
  exitCode: number | undefined;
  next: NextRun | undefined;

  constructor(live: LiveOptions, setup: DemoSetup, { seed, speed }: NextRun, end: AbortController) {
    this.#live = live;
    this.#setup = setup;
    this.#seed = seed;
    this.#end = end;
    const { startsAt, endsAt } = setup.window;
    this.#playback = new Playback({ seed, speed, durationMs: endsAt - startsAt });
  }

  /** @param before - of the earlier run. @returns its own. */
  async play(before: Addresses | undefined): Promise<Addresses> {
    const { options, logDirectory, terminal, onAddress } = this.#live;
    const port = before?.port ?? options.port;
    const { demo } = options;
    const setup = this.#setup;
    const centre = await startDemoCentre({ port, seed: this.#seed, setup, demo, logDirectory });
    const stopKeys = terminal.keys?.((key) => pressKey(key, this.#playback, () => this.#end.abort()));
    const stop = this.#stop;
    const onEnd = () => stop.abort();
    this.#end.signal.addEventListener('abort', onEnd);
    if (this.#end.signal.aborted) stop.abort();
    void this.#playback.next.then((next) => {
      this.next = next;
      stop.abort();
    });
    const { system } = centre.local;
    try {
      const served = await serveConsole({
        endpointUrl: system.url,
        region: INSTANCE.region,
        prefix: PREFIX,
        playback: options.demo ? this.#playback : undefined,
        url: before?.url,
      });
      try {
        if (!before) {
          terminal.print(`Console:      ${served.url}\nAWS endpoint: ${system.url}\n`);
          onAddress(served.url);
        }
        const played = options.demo
          ? this.#playDemo(centre, before === undefined)
          : this.#playNothing(centre);
        // What is cut short fails as the system is stopped.
        await Promise.race([played, aborted(stop.signal)]).catch((error) => {
          if (!stop.signal.aborted) throw error;
        });
      } finally {
        await served.stop();
      }
      return { port: Number(new URL(system.url).port), url: served.url };
    } finally {
      this.#end.signal.removeEventListener('abort', onEnd);
      stopKeys?.();
      this.#playback.finish();
      await centre.local.stop(true);
    }
  }

  async #playNothing(centre: DemoCentre): Promise<void> {
    await setUpCentre(centre);
    this.#live.terminal.print(usageHint(centre.local.system, PREFIX));
    await aborted(this.#stop.signal);
  }

  async #playDemo(centre: DemoCentre, isFirst: boolean): Promise<void> {
    const { terminal } = this.#live;
    const { print } = terminal;
    const playback = this.#playback;
    print(isFirst ? 'Setting up ...\n' : `\nSetting up the next run (seed ${this.#seed}) ...\n`);
    await setUpCentre(centre);
    const latenciesMs = await measureLatency(centre, findProbe(centre));
    playback.ready();
    if (isFirst) {
      if (playback.pages === 0) print(`${this.#howToBegin()}\n`);
      await playback.begun;
      // A person who came late: the clock has passed the time at which the demo begins.
      if (Date.now() >= this.#setup.window.startsAt) {
        this.next = { seed: this.#seed, speed: playback.state.speed };
        this.#stop.abort();
        return;
      }
    }
    print(formatStart(this.#setup, { seed: this.#seed, speed: playback.state.speed }));
    if (terminal.keys) print(`Keys: space pause, + faster, - slower, r again, q end.\n`);
    playback.onChange(() => this.#showState());
    const report = await playDemo(centre, {
      playback,
      latenciesMs,
      signal: this.#stop.signal,
      progressIntervalMs: 5_000,
      onProgress: (progress) => {
        this.#progress = progress;
        this.#showState();
      },
    });
    this.exitCode = EXIT_CODES[report.verdict];
    playback.conclude(report);
    print(`\n${report.text}`);
    print(usageHint(centre.local.system, PREFIX));
    await aborted(this.#stop.signal);
  }

  #howToBegin(): string {
    return this.#live.terminal.keys
      ? 'The demo begins when you open the console, or press Enter.'
      : 'The demo begins when you open the console. (npm start -- --headless begins at once.)';
  }

  #showState(): void {
    const { phase, speed, isPaused } = this.#playback.state;
    if (!this.#progress || phase !== 'running') return;
    const pace = isPaused ? 'paused' : `${speed} times real time`;
    this.#live.terminal.status?.(`${formatProgress(this.#progress)} | ${pace}`);
  }
}
