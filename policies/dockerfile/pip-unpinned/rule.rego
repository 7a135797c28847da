# METADATA
# scope: package
# title: Python packages without versions
# description: "The same build gives another image tomorrow, for pip takes the newest it finds: a good one cannot be made again, a bad one comes in unseen."
# related_resources:
#   - https://pip.pypa.io/en/stable/topics/repeatable-installs/
# custom:
#   id: dockerfile/pip-unpinned
#   severity: low
#   remediation: Name the version, `flask==3.0.3`, or install from a requirements file with hashes.
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL3013
package dockerfile.pip_unpinned

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"pip"})
	some found in data.lib.packages.unpinned("pip")
	not is_bound(found.command)
	result := {
		"msg": sprintf("no version is named for %s", [data.lib.packages.shown(found.names)]),
		"path": [found.command.instruction.index],
		"text": data.lib.shell.at_word(found.command, found.names[0]),
	}
}

# The files name versions, and constraints bind what the words leave open.
is_bound(command) if {
	some word in command.args
	regex.match(`^(-r|--requirement|-c|--constraint)`, word)
}
