# METADATA
# scope: package
# title: wget that fills the log
# description: "Without a terminal wget writes a line for every 50 KB: what matters in the log of the build is lost."
# related_resources:
#   - https://www.gnu.org/software/wget/manual/wget.html
# custom:
#   id: dockerfile/wget-progress
#   severity: low
#   remediation: Add -nv, -q, or --progress=dot:giga.
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL3047
package dockerfile.wget_progress

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"wget"})
	some command in data.lib.shell.commands
	command.name == "wget"
	count(command.args) > 0
	not is_quiet(command)
	result := {
		"msg": "`wget` writes its progress into the log",
		"path": [command.instruction.index],
		"text": data.lib.shell.at(command),
	}
}

is_quiet(command) if {
	some word in command.args
	regex.match(`^-[a-zA-Z]*q|^-nv|^--(quiet|no-verbose|progress|append-output|output-file|version|help|spider)|^-[ao]`, word)
}
