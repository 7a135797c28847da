# METADATA
# scope: package
# title: apk packages without versions
# description: "The same build gives another image tomorrow, for apk takes the newest it finds: a good one cannot be made again, a bad one comes in unseen."
# related_resources:
#   - https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper
# custom:
#   id: dockerfile/apk-unpinned
#   severity: low
#   remediation: "Name the version or its beginning: `curl=8.9.1-r2`, `curl~8.9`."
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL3018
package dockerfile.apk_unpinned

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"apk"})
	some found in data.lib.packages.unpinned("apk")
	result := {
		"msg": sprintf("no version is named for %s", [data.lib.packages.shown(found.names)]),
		"path": [found.command.instruction.index],
		"text": data.lib.shell.at_word(found.command, found.names[0]),
	}
}
