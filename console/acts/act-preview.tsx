import { useEffect, useRef } from 'preact/hooks';
import type { ActFailure, ActPreview, ActTarget } from '../../cli/watch/acts/act.ts';
import { visibleText } from '../../lambda/domain/visible-text.ts';

interface ActPreviewProps {
  readonly preview: ActPreview;
  readonly failure: ActFailure | undefined;
  readonly isBusy: boolean;
  readonly onSend: () => void;
  /** Undefined where there is no form to go back to. */
  readonly onBack: (() => void) | undefined;
  readonly onCancel: () => void;
}

const HEADINGS: Readonly<Record<ActTarget['kind'], string>> = {
  queue: 'Sends this message to the SQS queue',
  parameter: 'Writes this value to the SSM parameter',
  deletion: 'Deletes the SSM parameter',
};

/** An act in full: in words, then exactly what is sent, and where. */
export function ActPreviewView({ preview, failure, isBusy, onSend, onBack, onCancel }: ActPreviewProps) {
  const { words, warnings, target } = preview;
  const top = useRef<HTMLDivElement>(null);
  // Not the button: a key that is still held from the form must not send.
  useEffect(() => top.current?.focus(), []);
  return (
    <div class="preview" ref={top} tabIndex={-1}>
      <div id="act-words">
        {words.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {warnings.map((warning) => (
          <p key={warning} class="warning">
            Note: {warning}
          </p>
        ))}
      </div>
      <h3>{HEADINGS[target.kind]}</h3>
      <p class="id">{target.name}</p>
      {target.kind !== 'deletion' && <pre>{visibleText(target.text)}</pre>}
      <div role="alert">{failure && <p class="wrong">Not sent. {failure.message}</p>}</div>
      <div class="buttons">
        <button
          type="button"
          class="main"
          aria-describedby="act-words"
          aria-disabled={isBusy}
          onClick={onSend}
        >
          {failure ? 'Send again' : 'Send'}
        </button>
        {onBack && (
          <button type="button" onClick={onBack}>
            Change it
          </button>
        )}
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </div>
  );
}
