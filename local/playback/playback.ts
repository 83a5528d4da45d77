import {
  type ConsolePlayback,
  PLAYBACK_SPEEDS,
  type PlaybackAct,
  type PlaybackPhase,
  type PlaybackReport,
  type PlaybackState,
} from '../../cli/watch/playback/playback.ts';
import { clockFactor, setClockFactor } from '../time/clock.ts';

export interface PlaybackOptions {
  /** Simulated time over real time. */
  readonly speed: number;
  readonly seed: number;
  /** Simulated milliseconds. */
  readonly durationMs: number;
}

/** The run that a person asked for after this one. */
export type NextRun = Pick<PlaybackOptions, 'seed' | 'speed'>;

/**
 * One run of the demo, and the speed of the clock during it. The clock runs at the speed that a person chose while
 * the run is on, and like real time before and afterwards.
 */
export class Playback implements ConsolePlayback {
  readonly #options: PlaybackOptions;
  readonly #listeners: (() => void)[] = [];
  readonly #begun = Promise.withResolvers<void>();
  readonly #next = Promise.withResolvers<NextRun>();
  #phase: PlaybackPhase = 'setting-up';
  #speed: number;
  #fastest: number;
  #isPaused = false;
  #startedAt: number | undefined;
  #report: PlaybackReport | undefined;
  #pages = 0;

  constructor(options: PlaybackOptions) {
    this.#options = options;
    this.#speed = options.speed;
    this.#fastest = options.speed;
  }

  /** Resolves when a person has begun the run. */
  get begun(): Promise<void> {
    return this.#begun.promise;
  }

  /** Resolves when a person asks for another run. */
  get next(): Promise<NextRun> {
    return this.#next.promise;
  }

  /** The highest speed at which it ran so far. */
  get fastest(): number {
    return this.#fastest;
  }

  /** How many pages were opened so far. */
  get pages(): number {
    return this.#pages;
  }

  get state(): PlaybackState {
    const { seed, durationMs } = this.#options;
    return {
      phase: this.#phase,
      at: Date.now(),
      factor: clockFactor(),
      speed: this.#speed,
      isPaused: this.#isPaused,
      startedAt: this.#startedAt,
      durationMs,
      seed,
      report: this.#report,
    };
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** All is set up: the run waits for a person. */
  ready(): void {
    this.#change({ phase: 'waiting' });
  }

  /** Begins the run. @returns when that is, in simulated milliseconds since the epoch. */
  start(): number {
    const startedAt = Date.now();
    this.#startedAt = startedAt;
    this.#change({ phase: 'running' });
    return startedAt;
  }

  /** The last simulated minute is over: time passes like real time from now on. */
  finish(): void {
    this.#change({ phase: 'ended', isPaused: false });
  }

  /** What came of the run. */
  conclude(report: PlaybackReport): void {
    this.#report = report;
    this.#change({});
  }

  /** The first page begins the run: somebody is there to see it. */
  opened(): void {
    this.#pages += 1;
    this.#begun.resolve();
  }

  act(act: PlaybackAct): void {
    switch (act.act) {
      case 'begin':
        this.#begun.resolve();
        return;
      case 'pause':
        if (this.#phase === 'running') this.#change({ isPaused: true });
        return;
      case 'resume':
        this.#change({ isPaused: false });
        return;
      case 'slower':
        this.#change({ speed: PLAYBACK_SPEEDS.findLast((speed) => speed < this.#speed) });
        return;
      case 'faster':
        this.#change({ speed: PLAYBACK_SPEEDS.find((speed) => speed > this.#speed) });
        return;
      case 'again':
        // What is not set up yet, or has not begun, needs no other run.
        if (this.#phase !== 'running' && this.#phase !== 'ended') return;
        this.#next.resolve({ seed: act.seed ?? this.#options.seed, speed: this.#speed });
        this.#change({ phase: 'setting-up', isPaused: false });
    }
  }

  #change({
    phase = this.#phase,
    speed = this.#speed,
    isPaused = this.#isPaused,
  }: Partial<Pick<PlaybackState, 'phase' | 'speed' | 'isPaused'>>): void {
    this.#phase = phase;
    this.#speed = speed;
    this.#isPaused = isPaused;
    const isRunning = phase === 'running';
    if (isRunning) this.#fastest = Math.max(this.#fastest, speed);
    const factor = isRunning ? (isPaused ? 0 : speed) : 1;
    if (factor !== clockFactor()) setClockFactor(factor);
    for (const listener of this.#listeners) listener();
  }
}
