import type { DescribedCommand, Values } from './described-command.ts';

/** The script for bash 3.2 and later, which macOS has. */
export function bashScript(commands: readonly DescribedCommand[]): string {
  return `# bash completion for escalator
_escalator() {
  local current="\${COMP_WORDS[COMP_CWORD]}" command='' words='' options='' files='' index
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "\${command:+$command }\${COMP_WORDS[index]}" in
      ${pathPattern(commands)}) command="\${command:+$command }\${COMP_WORDS[index]}" ;;
    esac
  done
  case "$command:\${COMP_WORDS[COMP_CWORD-1]}" in
${optionCases(commands)}
    *)
      case "$command" in
${commandCases(commands)}
      esac
      ;;
  esac
  case "$current" in
    -*) words="$options" files='' ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [ -n "$files" ]; then
    local IFS=$'\\n'
    compopt -o filenames 2> /dev/null
    COMPREPLY+=($(compgen -f -- "$current"))
  fi
}
complete -F _escalator escalator
`;
}

/** A pattern that matches the path of each command. */
function pathPattern(commands: readonly DescribedCommand[]): string {
  return commands.flatMap(({ path }) => (path === '' ? [] : [`'${path}'`])).join(' | ');
}

/** A case for each option that takes a value, by command and flag. */
function optionCases(commands: readonly DescribedCommand[]): string {
  return commands
    .flatMap(({ path, options }) =>
      options.flatMap(({ flag, values }) =>
        values ? [`    '${path}:${flag}') ${assign(values.words, values)} ;;`] : [],
      ),
    )
    .join('\n');
}

function commandCases(commands: readonly DescribedCommand[]): string {
  return commands
    .map(({ path, subcommands, options, values }) => {
      const names = subcommands.map((command) => command.path.split(' ').at(-1) ?? '');
      const flags = options.map(({ flag }) => flag).join(' ');
      return `        '${path}') ${assign([...names, ...values.words], values)} options='${flags}' ;;`;
    })
    .join('\n');
}

function assign(words: readonly string[], { isFile }: Values): string {
  return [`words='${words.join(' ')}'`, ...(isFile ? ['files=1'] : [])].join(' ');
}
