import type { Calls } from '../../cli/state/system-state.ts';
import { ActButton } from './act-button.tsx';
import { useOperate } from './operate.ts';

/** Says that the page can act, and stops or resumes all calls to Connect. Nothing where it cannot. */
export function OperateBar({ calls }: { readonly calls: Calls }) {
  if (!useOperate()) return null;
  return (
    <p class="operating">
      <strong>This page can change the routing of contacts.</strong>
      <ActButton
        label={calls.stopped ? 'Resume calls to Connect …' : 'Pause calls to Connect …'}
        shortcut="p"
        draft={{ type: calls.stopped ? 'resume' : 'pause' }}
      />
    </p>
  );
}
