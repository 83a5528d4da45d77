# Prints one line for each completion that zsh has for the words in the arguments, the last of which is being typed.
# The functions that add completions work in a terminal only: here they print.
autoload -Uz compinit && compinit -u -D
_describe() { print -l -- "${(@)${(P@)2}%%:*}"; }
_files() { print -l -- *; }
source ./escalator.zsh
words=("$@")
CURRENT=$#
"${_comps[escalator]}"
