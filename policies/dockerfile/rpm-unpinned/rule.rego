# METADATA
# scope: package
# title: rpm packages without versions
# description: "The same build gives another image tomorrow, for the package manager takes the newest it finds: a good one cannot be made again, a bad one comes in unseen."
# related_resources:
#   - https://dnf.readthedocs.io/en/latest/command_ref.html
# custom:
#   id: dockerfile/rpm-unpinned
#   severity: low
#   remediation: "Name the version: `curl-7.76.1`."
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL3033
#     - hadolint:DL3037
#     - hadolint:DL3041
package dockerfile.rpm_unpinned

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"yum", "dnf", "zypper"})
	some found in data.lib.packages.unpinned("rpm")
	result := {
		"msg": sprintf("no version is named for %s", [data.lib.packages.shown(found.names)]),
		"path": [found.command.instruction.index],
		"text": data.lib.shell.at_word(found.command, found.names[0]),
	}
}
