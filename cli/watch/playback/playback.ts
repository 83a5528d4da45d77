/** How far a run is. */
export type PlaybackPhase = 'setting-up' | 'waiting' | 'running' | 'ended';

/** Simulated time over real time, to choose from. */
export const PLAYBACK_SPEEDS = [0.5, 1, 2, 4, 8, 12] as const;

/** What a person can do to a run. `again` begins another one, with the same seed unless it says which. */
export type PlaybackAct =
  | { readonly act: 'begin' | 'pause' | 'resume' | 'slower' | 'faster' }
  | { readonly act: 'again'; readonly seed?: number | undefined };

/** What came of a run. */
export interface PlaybackReport {
  readonly verdict: 'success' | 'objective-missed' | 'too-slow';
  /** The report as the terminal prints it. */
  readonly text: string;
}

/** The state of a run: the event `playback` of the stream. */
export interface PlaybackState {
  readonly phase: PlaybackPhase;
  /** Simulated time, in milliseconds since the epoch. */
  readonly at: number;
  /** Simulated time over real time at this moment; 0 while it is paused. */
  readonly factor: number;
  /** Simulated time over real time while it runs. */
  readonly speed: number;
  readonly isPaused: boolean;
  /** When it began, in simulated milliseconds since the epoch. */
  readonly startedAt?: number | undefined;
  /** Simulated milliseconds from its beginning to its end. */
  readonly durationMs: number;
  readonly seed: number;
  /** Present once it has ended. */
  readonly report?: PlaybackReport | undefined;
}

/** A run of a simulated centre, which the console shows and which pages control. */
export interface ConsolePlayback {
  readonly state: PlaybackState;
  act(act: PlaybackAct): void;
  /** To be called when a page is opened. */
  opened(): void;
  /** Calls the listener after each change. */
  onChange(listener: () => void): void;
}
