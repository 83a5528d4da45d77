import { ConnectClient } from '@aws-sdk/client-connect';
import { expect, test } from '@jest/globals';
import { SearchContacts } from '../../lambda/aws/contact-search.ts';
import { startConnectEndpoint } from '../local/fixtures/connect.ts';
import { at } from '../sim/centre/fixture.ts';

const HOUR_MS = 3_600_000;

test.each([
  ['the active Region', { ActiveRegion: 'eu-central-1', OriginRegion: 'eu-west-2' }, 'eu-central-1'],
  ['that of its origin where no other is active', { OriginRegion: 'eu-west-2' }, 'eu-west-2'],
])('a contact that is found has %s', async (_name, GlobalResiliencyMetadata, activeRegion) => {
  const send = async () => ({ Contacts: [{ Id: 'c-1', GlobalResiliencyMetadata }] });
  const { contacts } = await new SearchContacts({ send } as never).page('i', { from: 0, to: 1 }, undefined);
  expect(contacts).toStrictEqual([{ contactId: 'c-1', activeRegion }]);
});

test('SearchContacts finds contacts that are open, in pages, within its quota; no call that waits', async () => {
  const endpoint = await startConnectEndpoint();
  const { centre, clock, url } = endpoint;
  const client = new ConnectClient({
    endpoint: url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  });
  const search = new SearchContacts(client);
  try {
    const arrive = (contactId: string, channel: string, initiationMethod: string) =>
      centre.arrive(at(0), {
        contactId,
        channel,
        initiationMethod,
        queueId: 'q',
        handlingMs: 1e9,
        patienceMs: 1e12,
      });
    arrive('call', 'VOICE', 'INBOUND');
    arrive('callback', 'VOICE', 'CALLBACK');
    arrive('ended', 'TASK', 'API');
    centre.disconnect(at(0), 'ended');
    for (let index = 0; index < 100; index++) arrive(`chat-${index}`, 'CHAT', 'API');
    const range = { from: at(0) - HOUR_MS, to: at(0) + HOUR_MS };
    clock.now = at(10);
    const first = await search.page(centre.instance.id, range, undefined);
    expect(first.contacts).toHaveLength(100);
    expect(first.contacts[0]).toEqual({
      contactId: 'callback',
      channel: 'VOICE',
      queueId: 'q',
      enqueuedAt: at(0),
    });
    await expect(search.page(centre.instance.id, range, first.nextToken)).rejects.toThrow('Rate exceeded');
    clock.now = at(12);
    const second = await search.page(centre.instance.id, range, first.nextToken);
    expect(second.contacts.map(({ contactId }) => contactId)).toEqual(['chat-99']);
    expect(second.nextToken).toBe(undefined);
    clock.now = at(20);
    const earlier = { from: range.from - HOUR_MS, to: at(0) - 1_000_000 };
    expect((await search.page(centre.instance.id, earlier, undefined)).contacts).toEqual([]);
  } finally {
    client.destroy();
    await endpoint.stop();
  }
});
