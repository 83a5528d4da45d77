import type { ConsolePlayback, PlaybackAct, PlaybackState } from '../../cli/watch/playback/playback.ts';

/** A run that a test controls; it records what pages do. */
export class FakePlayback implements ConsolePlayback {
  #state: PlaybackState;
  #changedAt = performance.now();
  readonly acts: PlaybackAct[] = [];
  pages = 0;
  readonly #listeners: (() => void)[] = [];

  constructor(state: PlaybackState) {
    this.#state = state;
  }

  /** Its time passes as its factor says. */
  get state(): PlaybackState {
    const { at, factor } = this.#state;
    return { ...this.#state, at: at + (performance.now() - this.#changedAt) * factor };
  }

  act(act: PlaybackAct): void {
    this.acts.push(act);
  }

  opened(): void {
    this.pages += 1;
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  change(change: Partial<PlaybackState>): void {
    this.#state = { ...this.state, ...change };
    this.#changedAt = performance.now();
    for (const listener of this.#listeners) listener();
  }
}
