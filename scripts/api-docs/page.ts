import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Access, CAPABILITIES, COMMAND_ACCESS } from '../../lib/access.ts';
import { type Member, membersOf } from './declarations.ts';

const LIB = join(import.meta.dirname, '../../lib');

/** Replaces the tables of properties and members in docs/construct.md by those of the source. */
export function withApiTables(page: string): string {
  const source = readLib('connect-escalator.ts');
  const settings = readLib('function-settings.ts');
  const sections = {
    properties: propertyTable(membersOf(source, 'ConnectEscalatorProps')),
    'log settings': propertyTable(membersOf(settings, 'LogSettings')),
    'function size': propertyTable(membersOf(settings, 'FunctionSize')),
    members: memberTable(source),
    commands: commandTable(),
  };
  return Object.entries(sections).reduce(
    (text, [name, content]) => replaceSection(text, name, content),
    page,
  );
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

/** The commands of each grant, with what they call. */
function commandTable(): string {
  return table(
    ['Command', 'Grants', 'Permissions'],
    Object.entries(COMMAND_ACCESS).map(([command, permissions]) => [
      code(`escalator ${command}`),
      Object.entries(CAPABILITIES)
        .filter(([, commands]) => commands.some((one) => one === command))
        .map(([name]) => code(`grant${name.charAt(0).toUpperCase()}${name.slice(1)}`))
        .join(', '),
      permissions
        .map(
          ({ actions, on }: Access) =>
            `${actions.map(code).join(', ')} on ${on.map(resourceName).join(', ')}`,
        )
        .join('; '),
    ]),
  );
}

/** Such as `dead letters` for `deadLetters`. */
function resourceName(resource: string): string {
  return resource.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
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
