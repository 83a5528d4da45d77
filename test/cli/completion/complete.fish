# Prints one line for each completion that fish has for the words in the arguments, the last of which is being typed.
source escalator.fish
complete -C "$(string join -- ' ' $argv)" | string split -f1 \t
