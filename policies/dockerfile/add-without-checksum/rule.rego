# METADATA
# scope: package
# title: Download without a checksum
# description: ADD takes what the address gives today; a checksum makes the build fail when that is something else.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#add---checksum
# custom:
#   id: dockerfile/add-without-checksum
#   severity: low
#   remediation: Add --checksum, and for a repository the commit in the address.
#   profiles:
#     - strict
package dockerfile.add_without_checksum

import rego.v1

deny contains result if {
	some instruction in data.lib.dockerfile.instructions
	instruction.cmd == "add"
	not data.lib.dockerfile.flag(instruction, "checksum")
	some source in array.slice(instruction.values, 0, count(instruction.values) - 1)
	regex.match(`^["']?https?://`, source)
	not regex.match(`\.git(#[0-9a-f]{40}.*)?["']?$`, source)
	result := {
		"msg": sprintf("ADD of `%s` has no checksum", [source]),
		"path": [instruction.index],
	}
}
