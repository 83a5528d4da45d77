# Prints one line for each completion that bash has for the words in the arguments, the last of which is being typed.
source escalator.bash
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
"$(complete -p escalator | sed 's/.*-F \([^ ]*\).*/\1/')"
printf '%s\n' "${COMPREPLY[@]}"
