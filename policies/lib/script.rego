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
