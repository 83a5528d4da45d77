import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Member, membersOf } from './declarations.ts';

const LIB = join(import.meta.dirname, '../../lib');

/** Replaces the tables of properties and members in docs/construct.md by those of the source. */
export function withApiTables(page: string): string {
  const source = readLib('connect-escalator.ts');
  const properties = propertyTable(membersOf(source, 'ConnectEscalatorProps'));
  const members = memberTable(source);
  return replaceSection(replaceSection(page, 'properties', properties), 'members', members);
}

function readLib(file: string): string {
  return readFileSync(join(LIB, file), 'utf8');
}

/** @throws RangeError if the page has no section between `<!-- name -->` and `<!-- end of name -->`. */
function replaceSection(page: string, name: string, content: string): string {
  const section = new RegExp(`(?<=<!-- ${name} -->\n).*?(?=<!-- end of ${name} -->)`, 's');
  if (!section.test(page)) throw new RangeError(`the page has no section ${name}`);
  return page.replace(section, () => `\n${content}\n`);
}

function propertyTable(properties: readonly Member[]): string {
  return table(
    ['Property', 'Type', 'Required', 'Description'],
    properties.map(({ name, type, isOptional, description }) => [
      code(name),
      code(type),
      isOptional ? 'no' : 'yes',
      description,
    ]),
  );
}

/**
 * The members of the construct and of its components, which are the classes that its source imports from
 * lib/.
 */
function memberTable(source: string): string {
  const componentRows = ({ name, type }: Member): string[][] => {
    const [, file] = new RegExp(`^import \\{ ${type} \\} from '\\./(.*)';$`, 'm').exec(source) ?? [];
    if (file === undefined) return [];
    return membersOf(readLib(file), type).map((member) =>
      memberRow({ ...member, name: `${name}.${member.name}` }),
    );
  };
  return table(
    ['Member', 'Type', 'Description'],
    membersOf(source, 'ConnectEscalator').flatMap((member) => [memberRow(member), ...componentRows(member)]),
  );
}

function memberRow({ name, type, description }: Member): string[] {
  return [code(name), code(type), description];
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return line(header) + line(header.map(() => '---')) + rows.map(line).join('');
}
