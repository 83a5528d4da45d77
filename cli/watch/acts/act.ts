import type { MessageMembers } from '../../send/message.ts';

/** The kinds of acts: rule messages that the page may send, and changes of the pause. */
export const MESSAGE_ACTS = ['override', 'release', 'signal'] as const;
export const ACT_TYPES = [...MESSAGE_ACTS, 'pause', 'resume'] as const;

export type ActType = (typeof ACT_TYPES)[number];

/** A rule message with its members, as `escalator send` makes it. */
export type MessageAct = MessageMembers & { readonly type: (typeof MESSAGE_ACTS)[number] };

/** What `escalator pause` does. */
export interface PauseAct {
  readonly type: 'pause';
  readonly reason: string;
}

/** What `escalator resume` does. */
export interface ResumeAct {
  readonly type: 'resume';
}

/** What a page asks for. */
export type Act = MessageAct | PauseAct | ResumeAct;

/** Where an act goes, and what it writes there. */
export type ActTarget =
  /** The URL of an SQS queue. */
  | { readonly kind: 'queue'; readonly name: string; readonly text: string }
  /** The path of an SSM parameter that is written. */
  | { readonly kind: 'parameter'; readonly name: string; readonly text: string }
  /** The path of an SSM parameter that is deleted. */
  | { readonly kind: 'deletion'; readonly name: string };

/** An act in full, before it is sent. */
export interface ActPreview {
  /** At random; of a message it is its `id`, too. */
  readonly id: string;
  readonly type: ActType;
  /** What it does, the main sentence first. */
  readonly words: readonly string[];
  /** What the sender may have forgotten. */
  readonly warnings: readonly string[];
  readonly target: ActTarget;
}

/** An act that was sent. */
export interface SentAct extends Pick<ActPreview, 'id' | 'type'> {
  /** When, in milliseconds since the epoch, by the clock of the deployment. */
  readonly at: number;
  /** What it does, in one sentence. */
  readonly title: string;
  /** What came of it at once. */
  readonly words: readonly string[];
}

/** What has become of an act that was sent. */
export interface ActProgress {
  /** Whether the system shows it: `done` is final. */
  readonly state: 'unseen' | 'seen' | 'done';
  readonly words: string;
}

/** One thing that is wrong with an act. */
export interface ActProblem {
  /** The member that is wrong, such as `set.priority`; empty: the act as a whole. */
  readonly path: string;
  readonly message: string;
}

/** Why an act was not prepared or sent. */
export interface ActFailure {
  readonly message: string;
  readonly problems?: readonly ActProblem[];
}
