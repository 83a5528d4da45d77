import type { DescribedCommand, Values } from './described-command.ts';

/** The script for fish. */
export function fishScript(commands: readonly DescribedCommand[]): string {
  const paths = commands.flatMap(({ path }) => (path === '' ? [] : [quote(path)]));
  return `# fish completion for escalator
function __escalator_at
  set -l path
  for word in (commandline -opc)[2..-1]
    contains -- (string join -- ' ' $path $word) ${paths.join(' ')}; and set -a path $word
  end
  test "$path" = "$argv"
end
complete -c escalator -f
${commands.flatMap(commandLines).join('\n')}
`;
}

function commandLines({ path, subcommands, options, values }: DescribedCommand): string[] {
  const start = `complete -c escalator -n ${quote(`__escalator_at ${path}`.trim())}`;
  return [
    ...subcommands.map(
      (command) =>
        `${start} -a ${quote(command.path.split(' ').at(-1) ?? '')} -d ${quote(command.description)}`,
    ),
    ...(values.words.length > 0 ? [`${start} -a ${quote(values.words.join(' '))}`] : []),
    ...(values.isFile ? [`${start} -F`] : []),
    ...options.map(
      ({ flag, description, values: taken }) =>
        `${start} -l ${quote(flag.slice('--'.length))} -d ${quote(description)}${taken ? valueFlags(taken) : ''}`,
    ),
  ];
}

/** What an option takes: it requires a value, which is a file name, one of the words, or free. */
function valueFlags({ words, isFile }: Values): string {
  if (isFile) return ' -r -F';
  return words.length > 0 ? ` -x -a ${quote(words.join(' '))}` : ' -x';
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
