import type { Act, ActFailure, ActPreview, ActProgress, SentAct } from '../../cli/watch/acts/act.ts';

/** What the server answers to an act. */
export type Answered<T> =
  | { readonly ok: T }
  | { readonly failure: ActFailure /** The preview cannot be sent any more. */; readonly isOver: boolean };

const LOST: ActFailure = {
  message: 'escalator watch does not answer. Try again: an act is never sent twice.',
};

export const previewAct = (act: Act) => post<ActPreview>('acts/preview', act);

export const sendAct = (id: string) => post<SentAct>(`acts/send/${id}`, {});

/** @returns undefined while the server does not say. */
export async function readProgress(id: string, signal: AbortSignal): Promise<ActProgress | undefined> {
  const response = await fetch(`acts/${id}`, { signal });
  return response.ok ? ((await response.json()) as ActProgress) : undefined;
}

async function post<T>(path: string, body: object): Promise<Answered<T>> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    return response.ok
      ? { ok: answer as T }
      : { failure: answer as ActFailure, isOver: response.status === 410 };
  } catch {
    return { failure: LOST, isOver: false };
  }
}
