# Prints one line for each completion that zsh has for the words in the arguments, the last of which is being typed.
# The functions that add completions work in a terminal only: here they print.
# The first call writes the list of the functions of zsh, which takes a second, and the others read it.
autoload -Uz compinit && compinit -u -C -d ./zcompdump
_describe() { print -l -- "${(@)${(P@)2}%%:*}"; }
_files() { print -l -- *; }
source ./escalator.zsh
words=("$@")
CURRENT=$#
"${_comps[escalator]}"
