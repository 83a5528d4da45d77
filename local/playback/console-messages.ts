import type { PlaybackAct, PlaybackState } from '../../cli/watch/playback/playback.ts';

/** The `workerData` of the thread of the console. */
export interface ConsoleSetup {
  /** The clock that the local system follows. */
  readonly clock: SharedArrayBuffer;
  /** URL of the AWS endpoint. */
  readonly endpointUrl: string;
  readonly region: string;
  readonly prefix: string;
  /** Port of the console on 127.0.0.1; 0 for a free one. */
  readonly port: number;
  /** The part of the address that lets in. Absent: a new one. */
  readonly token?: string | undefined;
  /** Absent: there is no run to control. */
  readonly playback?: PlaybackSnapshot | undefined;
}

/** The state of the run as of its last change. What the clock says is read from the clock. */
export type PlaybackSnapshot = Omit<PlaybackState, 'at' | 'factor'>;

/** A message to the thread. */
export type ConsoleCommand =
  | { readonly kind: 'state'; readonly state: PlaybackSnapshot }
  | { readonly kind: 'stop' };

/** A message from the thread. */
export type ConsoleMessage =
  | { readonly kind: 'ready'; readonly url: string }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'opened' }
  | { readonly kind: 'act'; readonly act: PlaybackAct };
