import type { DescribedCommand, Values } from './described-command.ts';

/** The script for zsh, which is sourced, or stands as a file in a folder of `fpath`. */
export function zshScript(commands: readonly DescribedCommand[]): string {
  const paths = commands.flatMap(({ path }) => (path === '' ? [] : [quote(path)]));
  return `#compdef escalator
_escalator() {
  local command='' word
  local -a choices
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "\${command:+$command }$word" in
      ${paths.join(' | ')}) command="\${command:+$command }$word" ;;
    esac
  done
  case "$command:\${words[CURRENT-1]}" in
${commands.flatMap(optionCases).join('\n')}
    *)
      case "$command" in
${commands.map(commandCase).join('\n')}
      esac
      ;;
  esac
}
if [ "\${funcstack[1]}" = _escalator ]; then _escalator "$@"; else compdef _escalator escalator; fi
`;
}

/** A case for each option that takes a value, by command and flag. */
function optionCases({ path, options }: DescribedCommand): string[] {
  return options.flatMap(({ flag, values }) =>
    values ? [`    ${quote(`${path}:${flag}`)}) ${complete(values.words, values) || ':'} ;;`] : [],
  );
}

function commandCase({ path, subcommands, options, values }: DescribedCommand): string {
  const choices = [
    ...subcommands.map((command) => choice(command.path.split(' ').at(-1) ?? '', command.description)),
    ...values.words,
  ];
  const flags = options.map(({ flag, description }) => choice(flag, description));
  return `        ${quote(path)})
          case "\${words[CURRENT]}" in
            -*) ${complete(flags, { words: [], isFile: false })} ;;
            *) ${complete(choices, values) || ':'} ;;
          esac
          ;;`;
}

function complete(choices: readonly string[], { isFile }: Values): string {
  const describe = `choices=(${choices.map(quote).join(' ')}); _describe value choices`;
  return [...(choices.length > 0 ? [describe] : []), ...(isFile ? ['_files'] : [])].join('; ');
}

/** A word with its description, as `_describe` takes them. */
function choice(word: string, description: string): string {
  return `${word}:${description.replaceAll(':', '\\:')}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
