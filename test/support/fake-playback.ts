import type { ConsolePlayback, PlaybackAct, PlaybackState } from '../../cli/watch/playback/playback.ts';

/** A run that a test controls; it records what pages do. */
export class FakePlayback implements ConsolePlayback {
  state: PlaybackState;
  readonly acts: PlaybackAct[] = [];
  pages = 0;
  readonly #listeners: (() => void)[] = [];

  constructor(state: PlaybackState) {
    this.state = state;
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
    this.state = { ...this.state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
