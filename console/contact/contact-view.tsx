import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ContactPage } from '../../cli/watch/contact-page.ts';
import type { PageState } from '../../cli/watch/page-state.ts';
import { span } from '../../cli/wording/waiting-words.ts';
import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { ContactActs } from '../acts/contact-acts.tsx';
import type { Go } from '../use-address.ts';
import { clockTime, ZONE } from '../words.ts';
import { useContact } from './use-contact.ts';
import { Waterfall } from './waterfall.tsx';

interface ContactViewProps {
  readonly contact: ContactKey;
  readonly page: PageState;
  readonly go: Go;
  readonly now: number;
}

/** One contact: what happened, what is to come, and why. */
export function ContactView({ contact, page, go, now }: ContactViewProps) {
  const found = useContact(contact, page.state.at);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main class="contact">
      <p class="way">
        <button type="button" onClick={() => go({ contact: undefined }, true)}>
          ← All contacts <kbd>Esc</kbd>
        </button>
      </p>
      <h2 ref={heading} tabIndex={-1}>
        Contact <span class="id">{contact.contactId}</span> <Copy text={contact.contactId} />
      </h2>
      <ContactActs contact={contact} />
      {found.problem !== undefined && (
        <p class="wrong" role="alert">
          {found.problem}
        </p>
      )}
      {found.page && (
        <>
          <Facts contact={found.page} page={page} now={now} />
          <div class="columns">
            <Waterfall contact={found.page} now={now} />
            <section class="words">
              <h3>Why</h3>
              <pre>{found.page.words}</pre>
              <p class="muted">The words of escalator explain. Times are those of {ZONE}.</p>
            </section>
          </div>
        </>
      )}
    </main>
  );
}

function Facts({
  contact,
  page,
  now,
}: {
  readonly contact: ContactPage;
  readonly page: PageState;
  readonly now: number;
}) {
  const { isQueued, enqueuedAt, queueArn, channel, tags, place, policy } = contact;
  const queue = page.state.queues.find(({ arn, id }) => arn === queueArn || queueArn?.endsWith(`/${id}`));
  return (
    <dl class="facts">
      <Fact name="Queue">{queue?.name ?? queueArn?.split('/').at(-1) ?? '–'}</Fact>
      <Fact name="Place">
        {isQueued ? (place ? `${place.place} of ${place.waiting}` : '–') : 'does not wait'}
      </Fact>
      {enqueuedAt !== undefined && (
        <Fact name={isQueued ? 'Waited' : 'Entered its queue'}>
          {isQueued ? span(enqueuedAt, now) : clockTime(enqueuedAt, now)}
        </Fact>
      )}
      <Fact name="Policy">{policy ?? 'none'}</Fact>
      {channel && <Fact name="Channel">{channel}</Fact>}
      {Object.entries(tags)
        // Connect adds tags of its own, such as the id of the instance.
        .filter(([name]) => !name.startsWith('aws:'))
        .map(([name, value]) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Copy({ text }: { readonly text: string }) {
  const [isCopied, setCopied] = useState(false);
  return (
    <button
      type="button"
      class="copy"
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => setCopied(true),
          () => setCopied(false),
        );
      }}
    >
      {isCopied ? 'Copied' : 'Copy'}
    </button>
  );
}
