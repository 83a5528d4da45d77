import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { SentAct } from '../../cli/watch/acts/act.ts';
import { ActDialog } from './act-dialog.tsx';
import type { Draft } from './draft.ts';
import { OperateContext, operatorOfPage } from './operate.ts';
import { SentActs } from './sent-acts.tsx';

/** Acts that are shown, the last first. */
const MAX_SENT = 5;

interface OperatingProps {
  /** The time of the last look. */
  readonly at: number;
  readonly children: ComponentChildren;
}

/** The page around this can act, where the server lets it: below it stand the acts that were sent. */
export function Operating({ at, children }: OperatingProps) {
  const who = useMemo(operatorOfPage, []);
  const [draft, setDraft] = useState<Draft | undefined>(undefined);
  const [sent, setSent] = useState<readonly SentAct[]>([]);
  const operate = useMemo(() => (who === undefined ? undefined : { who, start: setDraft }), [who]);
  if (who === undefined) return <>{children}</>;
  return (
    <OperateContext.Provider value={operate}>
      {children}
      <SentActs
        sent={sent}
        at={at}
        onDismiss={(id) => setSent((acts) => acts.filter((act) => act.id !== id))}
      />
      {draft && (
        <ActDialog
          key={`${draft.type} ${draft.contact?.contactId} ${draft.queue?.arn}`}
          draft={draft}
          who={who}
          onClose={() => setDraft(undefined)}
          onSent={(act) => setSent((acts) => [act, ...acts].slice(0, MAX_SENT))}
        />
      )}
    </OperateContext.Provider>
  );
}
