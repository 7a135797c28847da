# METADATA
# title: Scripts of pipelines
# description: Takes a script of several lines apart into what a shell reads at once, each with the line it begins on
package lib.script

import rego.v1

# What a shell reads at once: {"line": the line it begins on, as written, "joined": all of it in one}. Documents handed to programs
# that do not run them are left out.
commands(text) := [command |
	all := split(replace(text, "\r\n", "\n"), "\n")
	skipped := documents(all)
	some start, line in all
	not start in skipped
	trim_space(line) != ""
	not is_continued(all, start - 1)
	ends := [end | some end, _ in all; end >= start; not is_continued(all, end)]
	words := [without_backslash(all[index]) | some index in numbers.range(start, ends[0])]
	command := {"line": trim_space(line), "joined": concat(" ", words)}
]

# True when the line goes on in the next one.
is_continued(all, index) if regex.match(`(\\|\||&&)[[:space:]]*$`, all[index])

without_backslash(line) := trim_suffix(trim_right(line, " \t"), `\`)

# The places of lines that are text for a program other than a shell: cat <<EOF > file.
documents(all) := {place |
	some start, line in all
	contains(line, "<<")
	found := regex.find_all_string_submatch_n(`<<-?[[:space:]]*["']?([A-Za-z_][A-Za-z0-9_]*)["']?`, line, 1)[0]
	not regex.match(`(^|[^A-Za-z0-9_.-])(ba|da|a|z|k)?sh([[:space:]][^|;&]*)?<<`, line)
	ends := [end | some end, other in all; end > start; trim_space(other) == found[1]]
	some place in numbers.range(start + 1, ends[0])
}

# What lib.shell makes of a command, and of what it hands to another shell or writes in $( ).
parsed(joined) := array.concat([outer], inner) if {
	outer := data.lib.shell.parsed(joined, null)
	texts := array.concat(data.lib.shell.arguments_of_shells(outer), data.lib.shell.substitutions(joined))
	inner := [data.lib.shell.parsed(text, null) | some text in texts]
}

# True when the text holds one of the words. Asked first, it saves taking apart what a rule has no interest in.
mentions(text, words) if contains(text, words[_])

# What a line writes to the log that is secret: variables with a telling name, or all of them.
printed_secrets(line) := {sprintf("`%s`", [name]) |
	prints(line)
	some found in regex.find_all_string_submatch_n(`[$](?:env:)?\{?([A-Za-z_][A-Za-z0-9_]*)`, without_single_quoted(line), -1)
	name := found[1]
	data.lib.secrets.is_secret_name(name)
} | {"every variable" | prints_all(line)}

# Neither piped into another program nor written to a file.
prints(line) if {
	regex.match(`(^|[;&|][[:space:]]*|[[:space:]])(echo|printf|Write-Host|Write-Output)[[:space:]]`, line)
	not regex.match(`[|>]`, regex.replace(line, `[$]\{\{[^}]*\}\}|2>&1|"[^"$]*"|'[^']*'`, ""))
}

prints_all(line) if regex.match(`^[[:space:]]*(printenv|env|export|export[[:space:]]+-p|declare[[:space:]]+-x|Get-ChildItem[[:space:]]+[Ee]nv:|gci[[:space:]]+env:|ls[[:space:]]+env:)[[:space:]]*(\|[[:space:]]*(sort|cat|less|more|tee[[:space:]][^|>]*|base64[^|>]*)[[:space:]]*)*$`, line)

# Without the words that the shell leaves as they are.
without_single_quoted(line) := regex.replace(line, `("(?:\\.|[^"\\])*")|'[^']*'`, "$1")
