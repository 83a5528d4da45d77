import { useEffect, useState } from 'preact/hooks';
import type { ActProgress, SentAct } from '../../cli/watch/acts/act.ts';
import { now } from '../clock.ts';
import { clockTime } from '../words.ts';
import { readProgress } from './server.ts';

interface SentActsProps {
  readonly sent: readonly SentAct[];
  /** The time of the last look. */
  readonly at: number;
  readonly onDismiss: (id: string) => void;
}

/** The acts that this page has sent, with what has become of them. */
export function SentActs({ sent, at, onDismiss }: SentActsProps) {
  return (
    <div class="sent" role="log" aria-label="Acts that this page has sent">
      <ol>
        {sent.map((act) => (
          <SentLine key={act.id} act={act} at={at} onDismiss={() => onDismiss(act.id)} />
        ))}
      </ol>
    </div>
  );
}

interface SentLineProps {
  readonly act: SentAct;
  readonly at: number;
  readonly onDismiss: () => void;
}

function SentLine({ act, at, onDismiss }: SentLineProps) {
  const progress = useProgress(act.id, at);
  const state = progress?.state ?? 'unseen';
  return (
    <li class={state}>
      <span>
        <time>{clockTime(act.at, now())}</time> <strong>{act.title}</strong>{' '}
        {progress?.words ?? 'It is sent.'}
      </span>
      <details>
        <summary>What came of it</summary>
        <ul>
          {act.words.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      </details>
      <button type="button" aria-label={`Dismiss: ${act.title}`} onClick={onDismiss}>
        ✕
      </button>
    </li>
  );
}

/** Follows an act, at each look, until it is done. */
function useProgress(id: string, at: number): ActProgress | undefined {
  const [progress, setProgress] = useState<ActProgress | undefined>(undefined);
  const isDone = progress?.state === 'done';
  useEffect(() => {
    if (isDone) return;
    const stop = new AbortController();
    readProgress(id, stop.signal)
      .then((found) => found && setProgress(found))
      .catch(() => {
        // The connection was lost, which the top of the page says, or a newer look is asked about.
      });
    return () => stop.abort();
  }, [id, at, isDone]);
  return progress;
}
