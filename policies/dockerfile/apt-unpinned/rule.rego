# METADATA
# scope: package
# title: apt packages without versions
# description: "The same build gives another image tomorrow, for apt-get takes the newest it finds: a good one cannot be made again, a bad one comes in unseen."
# related_resources:
#   - https://manpages.debian.org/bookworm/apt/apt-get.8.en.html
# custom:
#   id: dockerfile/apt-unpinned
#   severity: low
#   remediation: "Name the version: `curl=7.88.*`, or build from a snapshot of the archive."
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL3008
package dockerfile.apt_unpinned

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"apt"})
	some found in data.lib.packages.unpinned("apt")
	result := {
		"msg": sprintf("no version is named for %s", [data.lib.packages.shown(found.names)]),
		"path": [found.command.instruction.index],
		"text": data.lib.shell.at_word(found.command, found.names[0]),
	}
}
