import { usePlayback } from './playback-store.ts';

/** Says what there is to see while the demo is set up. Nothing for a deployment. */
export function Introduction() {
  if (!usePlayback()) return null;
  return (
    <section class="introduction">
      <p>In a few seconds, a busy contact centre comes to life here. Then you see:</p>
      <ul>
        <li>beside each queue, who is answered next and why,</li>
        <li>below the queues, what was changed in the last minute and what will be changed in the next,</li>
        <li>in the list, who waits, in the order in which Amazon Connect answers.</li>
      </ul>
      <p>
        Open a contact to see what happened to it, and override it there. The bar at the top pauses time, and
        makes it slower or faster.
      </p>
    </section>
  );
}
