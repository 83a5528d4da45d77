import { didYouMean } from '../../validation/problem.ts';
import { closestMatch } from '../../validation/suggestion.ts';

/** The kinds of the members of an object, the one first that is asked about most. */
type Members = Readonly<Record<string, 'text' | 'number' | 'any'>>;

/** What a segment attribute of Connect's own holds: a text, or an object. */
type SegmentAttribute = 'text' | Members;

/**
 * The segment attributes that Connect defines. Flows set others, whose names have letters, digits, - and _ only.
 *
 * Source: Amazon Connect administrator guide, "List of available contact attributes"; API reference, `SegmentAttributes`.
 */
const BY_NAME: Readonly<Record<string, SegmentAttribute>> = {
  'connect:Subtype': 'text',
  'connect:Direction': 'text',
  'connect:AssignmentType': 'text',
  'connect:BlockReasonHeader': 'text',
  'connect:CreatedByUser': 'text',
  'connect:EmailSubject': 'text',
  'connect:RedactedFields': 'text',
  'connect:ValidationTestType': 'text',
  'connect:X-SES-SPAM-VERDICT': 'text',
  'connect:X-SES-VIRUS-VERDICT': 'text',
  'connect:CustomerAuthentication': {
    Status: 'text',
    AuthenticationMethod: 'text',
    IdentityProvider: 'text',
    ClientId: 'text',
    AssociatedCustomerId: 'text',
  },
  'connect:ContactExpiry': { ExpiryDuration: 'number', ExpiryTimeStamp: 'any' },
  'connect:ScreenSharingDetails': { ScreensharingActivated: 'any' },
};

const SEGMENT_ATTRIBUTES: ReadonlyMap<string, SegmentAttribute> = new Map(Object.entries(BY_NAME));
const PREFIX = 'connect:';
const NAMES_AFTER_PREFIX = Object.keys(BY_NAME).map((name) => name.slice(PREFIX.length));

/** The kind of a segment attribute or of a member of one, by its name; undefined for an object, and for no member of one. */
export function segmentKind(name: string): 'text' | 'number' | 'any' | undefined {
  const [top = '', ...rest] = name.split('.');
  const attribute = SEGMENT_ATTRIBUTES.get(top);
  if (attribute === undefined) return 'any';
  if (attribute === 'text') return rest.length === 0 ? 'text' : undefined;
  const member = rest.join('.');
  return Object.hasOwn(attribute, member) ? attribute[member] : undefined;
}

/** How a member of a segment attribute is written where the attribute itself was. */
type MemberForm = (attribute: string, member: string) => string;

/**
 * What is odd about the name of a segment attribute, and what to write instead; undefined where nothing is. Names that are
 * not similar to any are not odd: Connect may have added them.
 *
 * @param name - with dots before the names of members.
 */
export function segmentNameAdvice(name: string, memberForm: MemberForm): string | undefined {
  const [top = '', ...rest] = name.split('.');
  const member = rest.join('.');
  const attribute = SEGMENT_ATTRIBUTES.get(top);
  if (attribute === 'text') {
    return member === ''
      ? undefined
      : `${top} is a text, and has no members. Write ${JSON.stringify(top)} itself.`;
  }
  if (attribute !== undefined) return memberAdvice(top, member, attribute, memberForm);
  const meant = meantAttribute(name);
  const [found, write] = [JSON.stringify(name), `Write ${JSON.stringify(meant)}.`];
  if (meant === undefined) return undefined;
  return isPrefixed(name)
    ? `No contact has the segment attribute ${found}. ${write}`
    : `Connect's own segment attribute is ${JSON.stringify(meant)}, and only a flow could set one named ${found}. ${write}`;
}

function memberAdvice(
  top: string,
  member: string,
  members: Members,
  memberForm: MemberForm,
): string | undefined {
  if (Object.hasOwn(members, member)) return undefined;
  const names = Object.keys(members);
  const [first = ''] = names;
  if (member === '') return `${top} is an object, and no value. Write ${memberForm(top, first)}.`;
  const suggestion = didYouMean(closestMatch(member, names));
  return `${top} has no member ${JSON.stringify(member)}; its members are ${names.join(', ')}.${suggestion}`;
}

const NEARLY_PREFIX = /^(?:aws\s*:\s*)?connect\s*[:._/-]\s*/i;

function isPrefixed(name: string): boolean {
  return NEARLY_PREFIX.test(name);
}

/** The attribute of Connect's own that a name nearly is: in other letters, without its prefix, or misspelt after it. */
function meantAttribute(name: string): string | undefined {
  const bare = name.replace(NEARLY_PREFIX, '');
  const meant = isPrefixed(name)
    ? closestMatch(bare, NAMES_AFTER_PREFIX)
    : NAMES_AFTER_PREFIX.find((one) => plain(one) === plain(bare));
  return meant && PREFIX + meant;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z\d]/g, '');
}
