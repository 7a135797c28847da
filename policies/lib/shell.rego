# METADATA
# title: Commands of RUN instructions
# description: Splits what a RUN hands to a shell into commands and words, well enough to know what is called with which arguments
package lib.shell

import rego.v1

shells := {"sh", "bash", "dash", "ash", "zsh", "ksh"}

# True when a RUN holds one of the words anywhere. Asked first, it saves splitting what a rule has no interest in.
mentions(words) if {
	some word in words
	some text in written
	contains(text, word)
}

written := array.concat(
	[entry.Original | some entry in input; entry.Cmd in {"run", "onbuild"}],
	[text | some entry in input; some text in object.get(entry, "Heredocs", [])],
)

# Every command of every RUN: {"words": as written, "name": without folder, "args", "prefix": words before the name such as sudo or A=1,
# "is_piped": reads what the command before writes, "instruction": the RUN}. Commands inside `sh -c` are there too.
commands := [command | some script in scripts; some command in script.commands]

# The commands of each script in their order, as {"instruction", "text", "commands"}.
scripts := array.concat(outer_scripts, inner_scripts)

outer_scripts := [parsed(text, instruction) |
	some instruction in data.lib.dockerfile.instructions
	instruction.cmd == "run"
	some text in texts(instruction)
]

# What is handed to another shell, and what is in $( ).
inner_scripts := [parsed(text, script.instruction) |
	some script in outer_scripts
	some text in array.concat(arguments_of_shells(script), substitutions(script.text))
]

arguments_of_shells(script) := [text |
	some command in script.commands
	command.name in (shells | {"su", "runuser"})
	some index, word in command.args
	regex.match(`^-[a-z]*c$`, word)
	text := command.args[index + 1]
]

substitutions(text) := [inner |
	contains(text, "$(")
	some match in regex.find_all_string_submatch_n(`[$]\(([^()]+)\)`, text, -1)
	inner := match[1]
]

# The exec form is one command: its words are quoted so that they stay words.
texts(instruction) := [concat(" ", [quoted(word) | some word in instruction.values])] if instruction.is_exec

texts(instruction) := array.concat(instruction.values, documents(instruction)) if not instruction.is_exec

# Here-documents are scripts when no command or a shell reads them, and they do not name another interpreter.
documents(instruction) := [text |
	some text in instruction.documents
	regex.match(`^[ \t]*(([a-z/]*/)?(sh|bash|dash|ash|zsh|ksh)([ \t]+-[a-z-]+)*[ \t]*)?<<`, instruction.values[0])
	is_shell_script(text)
]

is_shell_script(text) if not startswith(text, "#!")

is_shell_script(text) if regex.match(`^#![^\n]*sh([ \t\r\n]|$)`, text)

quoted(word) := word if {
	regex.match(`^[A-Za-z0-9_./:=@%+,-]+$`, word)
} else := sprintf("'%s'", [replace(word, "'", `'"'"'`)])

parsed(text, instruction) := {"instruction": instruction, "text": text, "commands": commands_of(text, instruction)}

# Comments, redirections with their target, operators, words.
token := `#[^\n]*|&>>?|[0-9]*(?:>>|<<<|<<-?|[<>]&|[<>])[ \t]*(?:[^ \t\r\n;&|()<>'"]|'[^']*'|"[^"]*")*|&&|\|\||\|&|[;&|()\n]|(?:\\[^\n]|\\\n|'[^']*'|"(?:\\[^\n]|\\\n|[^"\\])*"|[$]\((?:[^()]|\([^()]*\))*\)|[^ \t\r\n;&|()<>'"\\])+`

separators := {"&&", "||", "|", "|&", ";", "&", "\n"}

commands_of(text, instruction) := [command |
	kept := tokens(text)
	places := [index | some index, word in kept; word in separators]
	starts := array.concat([-1], places)
	openers := array.concat([";"], [kept[place] | some place in places])
	some number, end in array.concat(places, [count(kept)])
	start := starts[number]
	end > start + 1
	words := array.slice(kept, start + 1, end)
	first := name_index(words)
	command := {
		"words": words,
		"name": base_name(plain(words[first])),
		"args": plain_all(array.slice(words, first + 1, count(words))),
		"prefix": array.slice(words, 0, first),
		"is_piped": openers[number] in {"|", "|&"},
		"instruction": instruction,
	}
]

# Where the name of the program stands: mostly first.
name_index(words) := 0 if {
	not is_prefix(words, 0, words[0])
} else := min([index | some index, word in words; not is_prefix(words, index, word)])

# Brackets are left out: what is in them takes its place. A line that ends in an operator goes on.
tokens(text) := [word |
	some word in regex.find_n(token, joined(text), -1)
	not regex.match(left_out, word)
]

joined(text) := regex.replace(text, `(\||&&)[ \t]*\n`, "$1 ") if {
	contains(text, "\n")
} else := text

left_out := `^(#|[()]$|&>|[0-9]*[<>]|\\\n)`

digits := {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}

wrappers := {
	"sudo", "doas", "env", "exec", "command", "time", "nice", "nohup", "timeout", "xargs", "eatmydata",
	"if", "then", "else", "elif", "do", "while", "until", "!", "{", "}", "fi", "done",
}

# Words before the name of what is called: assignments, keywords, programs that start others, and their options.
is_prefix(_, _, word) if word in wrappers

is_prefix(_, _, word) if {
	contains(word, "=")
	regex.match(`^[A-Za-z_][A-Za-z0-9_]*[+]?=`, word)
}

is_prefix(_, index, word) if {
	index > 0
	startswith(word, "-")
}

is_prefix(_, index, word) if {
	index > 0
	strings.any_prefix_match(word, digits)
	regex.match(`^[0-9]+[smhd]?$`, word)
}

is_prefix(words, index, _) if words[index - 1] in {"-u", "-g"}

is_prefix(_, _, word) if strings.any_suffix_match(word, {"/sudo", "/env", "/timeout", "/nice"})

base_name(word) := parts[count(parts) - 1] if {
	parts := split(replace(word, `\`, "/"), "/")
}

# Words as the program gets them.
plain_all(words) := words if {
	not regex.match(`["']`, concat(" ", words))
} else := [plain(word) | some word in words]

plain(word) := word if {
	not contains(word, "'")
	not contains(word, `"`)
} else := substring(word, 1, count(word) - 2) if {
	regex.match(`^'[^']*'$`, word)
} else := unescaped(substring(word, 1, count(word) - 2)) if {
	regex.match(`^"(\\.|[^"\\])*"$`, word)
} else := regex.replace(word, `["']`, "")

unescaped(text) := regex.replace(text, `\\(["\\$])`, "$1")

# Where a command stands in its RUN, as the `text` of a result: where its name does.
at(command) := at_word(command, command.words[count(command.prefix)])

# The same of one of its words.
at_word(command, word) := [concat(" ", command.words), word] if {
	not command.instruction.is_exec
} else := [word]

# Where a pattern matches in a script: at each word it matches in, else at each command, else only in the script as a whole.
places(script, pattern) := [found |
	some found in [words_matching(script, pattern), commands_matching(script, pattern), [[]]]
	count(found) > 0
][0]

words_matching(script, pattern) := [at_word(command, word) |
	some command in script.commands
	some word in command.words
	regex.match(pattern, word)
]

commands_matching(script, pattern) := [at(command) |
	some command in script.commands
	regex.match(pattern, concat(" ", command.words))
]

# The first argument that is neither an option nor its value: `install` of `apt-get -y install`.
verb(command) := verbs(command)[0]

# All of them: the packages follow the verb.
verbs(command) := [word |
	some index, word in command.args
	not startswith(word, "-")
	not follows_option(command.args, index)
]

follows_option(words, index) if words[index - 1] in {"-o", "-c", "-t", "--option", "--config-file", "--root", "-C", "--prefix"}
