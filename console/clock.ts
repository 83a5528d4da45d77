import { useEffect, useState } from 'preact/hooks';

/** The time of the deployment at a moment of this machine, by which what ticks is shown, and how fast it passes. */
let reading = { at: Date.now(), takenAt: performance.now(), factor: 1 };

/** A run says what time it is; looks at its table are older. */
let isPlayback = false;

/** Often enough for a time that passes several times as fast as real time. */
const TICK_MS = 250;

/** @param at - the time of the deployment now, in milliseconds since the epoch. */
export function setClock(at: number): void {
  if (!isPlayback) reading = { at, takenAt: performance.now(), factor: 1 };
}

/**
 * Sets the clock by a run.
 *
 * @param factor - simulated time over real time; 0 while it stands still.
 */
export function followPlayback({ at, factor }: { readonly at: number; readonly factor: number }): void {
  isPlayback = true;
  reading = { at, takenAt: performance.now(), factor };
}

/** The time of the deployment, in milliseconds since the epoch. */
export function now(): number {
  return reading.at + (performance.now() - reading.takenAt) * reading.factor;
}

/** A real time, in milliseconds, as time that passes in the deployment meanwhile; at least as long. */
export function passing(realMs: number): number {
  return realMs * Math.max(1, reading.factor);
}

/** The time of the deployment, anew when a second of it has passed. While the page is hidden it stands. */
export function useNow(): number {
  const [, setSecond] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) setSecond(Math.floor(now() / 1_000));
    }, TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now();
}
