import { useEffect, useState } from 'preact/hooks';
import type { PlaybackAct, PlaybackState } from '../../cli/watch/playback/playback.ts';
import { followPlayback } from '../clock.ts';

/** The state of the run; undefined for a deployment, which is no run. */
let state: PlaybackState | undefined;
const listeners = new Set<() => void>();

/** Takes in a state that the server has sent. */
export function receivePlayback(received: PlaybackState): void {
  state = received;
  followPlayback(received);
  for (const listener of listeners) listener();
}

/** The state of the run, anew each time it arrives; undefined for a deployment. */
export function usePlayback(): PlaybackState | undefined {
  const [shown, setShown] = useState(state);
  useEffect(() => {
    const listener = () => setShown(state);
    listeners.add(listener);
    listener();
    return () => {
      listeners.delete(listener);
    };
  }, []);
  return shown;
}

/** Asks the server to do something to the run. If it cannot be reached, the connection is lost, which the page says. */
export function actOnPlayback(act: PlaybackAct): void {
  fetch('playback', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(act),
  }).catch(() => {});
}
