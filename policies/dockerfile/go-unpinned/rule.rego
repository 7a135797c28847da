# METADATA
# scope: package
# title: Go programs without versions
# description: "The same build gives another image tomorrow, for go install takes the newest it finds: a good one cannot be made again, a bad one comes in unseen."
# related_resources:
#   - https://go.dev/ref/mod#go-install
# custom:
#   id: dockerfile/go-unpinned
#   severity: low
#   remediation: "Name the version: `go install example.org/tool@v1.4.0`."
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL3062
package dockerfile.go_unpinned

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"go "})
	some found in data.lib.packages.unpinned("go")
	not is_bound(found.command)
	result := {
		"msg": sprintf("no version is named for %s", [data.lib.packages.shown(found.names)]),
		"path": [found.command.instruction.index],
		"text": data.lib.shell.at_word(found.command, found.names[0]),
	}
}

# `go get` inside a module keeps to go.mod; a package of the standard library has no dot in its first part.
is_bound(command) if {
	command.args[0] == "get"
	not contains(concat(" ", command.args), "@latest")
}

is_bound(command) if {
	every word in data.lib.packages.installed(command, data.lib.packages.managers.go) {
		not contains(split(word, "/")[0], ".")
	}
}
