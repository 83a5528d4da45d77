import { randomUUID } from 'node:crypto';
import type { LocalResponse, LocalService } from '../endpoint/http.ts';

/** STS with GetCallerIdentity, which tools call to find out the account. */
export function createSts(account: string): LocalService {
  return (request) => {
    const action = new URLSearchParams(request.body).get('Action');
    return action === 'GetCallerIdentity'
      ? xmlResponse(200, identityXml(account))
      : xmlResponse(400, invalidActionXml(action ?? '(none)'));
  };
}

function identityXml(account: string): string {
  return (
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
    `<Arn>arn:aws:iam::${account}:root</Arn><UserId>${account}</UserId><Account>${account}</Account>` +
    '</GetCallerIdentityResult>' +
    `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></GetCallerIdentityResponse>`
  );
}

function invalidActionXml(action: string): string {
  const escaped = action.replaceAll(/[^\w.-]/g, '?');
  return (
    '<ErrorResponse><Error><Type>Sender</Type><Code>InvalidAction</Code>' +
    `<Message>${escaped} is not supported by the local endpoint. Of the form-encoded operations it supports ` +
    `GetCallerIdentity (STS).</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`
  );
}

function xmlResponse(status: number, body: string): LocalResponse {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
