import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { withoutLines } from './own-source-map.ts';

const ERRORS = /@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]models[\\/]errors\.js$/;

/**
 * Writes once what the classes of a service's errors have in common. A client keeps all of them, since a service may
 * answer any: SSM has 140.
 */
export const leanErrors: Plugin = {
  name: 'lean-errors',
  setup(build) {
    build.onLoad({ filter: ERRORS }, async ({ path }) => ({
      contents: withoutLines(shareErrorClass(await readFile(path, 'utf8'))),
      loader: 'js',
    }));
  },
};

/** The class of an error that has nothing of its own but its names, whose fault it is, and members. */
const ERROR_CLASS = new RegExp(
  [
    '^export class (?<name>\\w+) extends __BaseException \\{',
    'static shapeId = (?<shapeId>"[^"]+");',
    'name = "\\k<name>";',
    '\\$fault = (?<fault>"\\w+");',
    '(?<members>(?:\\w+;\\s+)*)constructor\\(opts\\) \\{',
    'super\\(\\{\\s+name: "\\k<name>",\\s+\\$fault: \\k<fault>,\\s+\\.\\.\\.opts,\\s+\\}\\);',
    'Object\\.setPrototypeOf\\(this, \\k<name>\\.prototype\\);',
    '(?:this\\.(?<member>\\w+) = opts\\.\\k<member>;\\s+)*\\}',
    '\\}$',
  ].join('\\s+'),
  'gm',
);

const ERROR_CLASS_OF = `
function errorClassOf(name, $fault, members, shapeId) {
  return class ServiceError extends __BaseException {
    static shapeId = shapeId;
    name = name;
    $fault = $fault;
    constructor(opts) {
      super({ name, $fault, ...opts });
      Object.setPrototypeOf(this, ServiceError.prototype);
      for (const member of members) this[member] = opts[member];
    }
  };
}
`;

/** Replaces each class of an error in the module by a call of one function, where it has nothing else of its own. */
export function shareErrorClass(source: string): string {
  const shared = source.replaceAll(ERROR_CLASS, (...parts) => {
    const { name, fault, members = '', shapeId } = parts.at(-1) as Record<string, string | undefined>;
    const names = JSON.stringify(members.match(/\w+/g) ?? []);
    return `export const ${name} = /* @__PURE__ */ errorClassOf("${name}", ${fault}, ${names}, ${shapeId});`;
  });
  return shared + ERROR_CLASS_OF;
}
