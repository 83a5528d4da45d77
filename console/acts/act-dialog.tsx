import { useEffect, useRef, useState } from 'preact/hooks';
import type { ActFailure, ActPreview, ActType, SentAct } from '../../cli/watch/acts/act.ts';
import { ActForm } from './act-form.tsx';
import { ActPreviewView } from './act-preview.tsx';
import type { Draft } from './draft.ts';
import { actOf, FIELDS, firstValues } from './form.ts';
import { previewAct, sendAct } from './server.ts';

const TITLES: Readonly<Record<ActType, string>> = {
  override: 'Override a contact',
  release: 'Release a contact',
  signal: 'Send a signal',
  pause: 'Pause calls to Connect',
  resume: 'Resume calls to Connect',
};

interface ActDialogProps {
  readonly draft: Draft;
  readonly who: string;
  readonly onClose: () => void;
  readonly onSent: (act: SentAct) => void;
}

/** One act: a form, then exactly what will be sent, and only then the button that sends it. */
export function ActDialog({ draft, who, onClose, onSent }: ActDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const inFlight = useRef(false);
  const [values, setValues] = useState(() => firstValues(draft.type, who));
  const [preview, setPreview] = useState<ActPreview | undefined>(undefined);
  const [failure, setFailure] = useState<ActFailure | undefined>(undefined);
  const [isBusy, setBusy] = useState(false);
  const hasFields = FIELDS[draft.type].length > 0;

  /** Runs one request at a time. */
  async function once(request: () => Promise<void>): Promise<void> {
    if (inFlight.current) return;
    inFlight.current = true;
    setBusy(true);
    setFailure(undefined);
    await request();
    inFlight.current = false;
    setBusy(false);
  }

  const show = () =>
    once(async () => {
      const answer = await previewAct(actOf(draft, values));
      if ('ok' in answer) setPreview(answer.ok);
      else setFailure(answer.failure);
    });

  const send = ({ id }: ActPreview) =>
    once(async () => {
      const answer = await sendAct(id);
      if ('ok' in answer) {
        onSent(answer.ok);
        dialog.current?.close();
        return;
      }
      setFailure(answer.failure);
      if (answer.isOver) setPreview(undefined);
    });

  useEffect(() => {
    dialog.current?.showModal();
    if (!hasFields) show();
  }, []);

  return (
    <dialog
      ref={dialog}
      class="act-dialog"
      aria-labelledby="act-title"
      onClose={onClose}
      // Keys are for the dialog alone: Escape closes it, and not the contact behind it.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2 id="act-title">{TITLES[draft.type]}</h2>
      <Subject draft={draft} />
      {preview ? (
        <ActPreviewView
          preview={preview}
          failure={failure}
          isBusy={isBusy}
          onSend={() => send(preview)}
          onBack={hasFields ? () => setPreview(undefined) : undefined}
          onCancel={() => dialog.current?.close()}
        />
      ) : (
        <ActForm
          type={draft.type}
          who={who}
          values={values}
          failure={failure}
          isBusy={isBusy}
          onChange={setValues}
          onSubmit={show}
          onCancel={() => dialog.current?.close()}
        />
      )}
    </dialog>
  );
}

function Subject({ draft: { contact, queue } }: { readonly draft: Draft }) {
  if (!contact && !queue) return null;
  return (
    <p>
      {contact ? 'Contact ' : 'Queue '}
      <span class="id">{contact?.contactId ?? queue?.name}</span>
    </p>
  );
}
