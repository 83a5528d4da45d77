import {
  PLAYBACK_SPEEDS,
  type PlaybackReport,
  type PlaybackState,
} from '../../cli/watch/playback/playback.ts';
import { now as timeNow } from '../clock.ts';
import { useKey } from '../use-key.ts';
import { actOnPlayback, usePlayback } from './playback-store.ts';

const VERDICTS: Readonly<Record<PlaybackReport['verdict'], string>> = {
  success: 'Every objective was met.',
  'objective-missed': 'Objectives were missed.',
  'too-slow': 'This machine was too slow to judge every objective.',
};

/** Controls the run that the console shows. Nothing for a deployment. */
export function PlaybackBar() {
  const playback = usePlayback();
  usePlaybackKeys(playback);
  if (!playback) return null;
  const { phase, speed, isPaused, seed, report } = playback;
  const isRunning = phase === 'running';
  const hasBegun = isRunning || phase === 'ended';
  return (
    <section class={isPaused ? 'playback paused' : 'playback'} aria-label="Playback">
      <span class="elapsed">
        <Elapsed playback={playback} />
      </span>
      <span role="status">{statusWords(playback)}</span>
      <span class="controls">
        <button
          type="button"
          disabled={!isRunning}
          aria-keyshortcuts="k"
          title="Time stands still for customers, agents and handlers (k)"
          onClick={() => actOnPlayback({ act: isPaused ? 'resume' : 'pause' })}
        >
          {isPaused ? 'Resume' : 'Pause'}
        </button>
        <button
          type="button"
          disabled={!isRunning || speed <= PLAYBACK_SPEEDS[0]}
          aria-keyshortcuts="<"
          title="Slower (<)"
          onClick={() => actOnPlayback({ act: 'slower' })}
        >
          Slower
        </button>
        <button
          type="button"
          disabled={!isRunning || speed >= (PLAYBACK_SPEEDS.at(-1) ?? 1)}
          aria-keyshortcuts=">"
          title="Faster (>)"
          onClick={() => actOnPlayback({ act: 'faster' })}
        >
          Faster
        </button>
        <button
          type="button"
          disabled={!hasBegun}
          title="The same customers, in a fresh centre"
          onClick={() => actOnPlayback({ act: 'again' })}
        >
          Again
        </button>
        <button
          type="button"
          disabled={!hasBegun}
          title="Other customers, in a fresh centre"
          onClick={() => actOnPlayback({ act: 'again', seed: seed + 1 })}
        >
          Again, seed {seed + 1}
        </button>
      </span>
      {report && (
        <details class={report.verdict === 'objective-missed' ? 'wrong' : undefined}>
          <summary>Report</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls. */}
          <pre tabIndex={0}>{report.text}</pre>
        </details>
      )}
    </section>
  );
}

/** `04:30 of 10:00`, and the same as a bar. */
function Elapsed({ playback: { phase, startedAt, durationMs } }: { readonly playback: PlaybackState }) {
  if (startedAt === undefined || phase === 'setting-up') return null;
  const elapsedMs = phase === 'ended' ? durationMs : Math.min(durationMs, timeNow() - startedAt);
  return (
    <>
      <time>{clock(elapsedMs)}</time> of {clock(durationMs)}{' '}
      <progress max={durationMs} value={elapsedMs} aria-label="Elapsed" />
    </>
  );
}

function statusWords({ phase, isPaused, speed, seed, report }: PlaybackState): string {
  switch (phase) {
    case 'setting-up':
      return `Setting up the demo, seed ${seed} …`;
    case 'waiting':
      return 'The demo is about to begin …';
    case 'running':
      return isPaused ? 'Paused' : `${speed} times real time`;
    case 'ended':
      return report
        ? `Ended. ${VERDICTS[report.verdict]}`
        : 'Ended. Comparing what was due with what was done …';
  }
}

function clock(durationMs: number): string {
  const seconds = Math.floor(durationMs / 1_000);
  return [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

function usePlaybackKeys(playback: PlaybackState | undefined): void {
  const isRunning = playback?.phase === 'running';
  const atKey = (act: 'pause' | 'resume' | 'slower' | 'faster') =>
    isRunning ? () => actOnPlayback({ act }) : undefined;
  useKey('k', atKey(playback?.isPaused ? 'resume' : 'pause'));
  useKey('<', atKey('slower'));
  useKey('>', atKey('faster'));
}
