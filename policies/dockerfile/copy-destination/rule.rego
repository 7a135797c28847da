# METADATA
# scope: package
# title: Several sources without a folder to go to
# description: With more than one source the destination must be a folder and end in a slash, else the build fails.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#copy
# custom:
#   id: dockerfile/copy-destination
#   severity: medium
#   remediation: End the destination with a slash.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - hadolint:DL3021
#     - trivy:DS-0011
package dockerfile.copy_destination

import rego.v1

deny contains result if {
	some instruction in data.lib.dockerfile.instructions
	instruction.cmd in {"copy", "add"}
	count(instruction.values) > 2
	count(instruction.documents) == 0
	destination := data.lib.dockerfile.unquoted(instruction.values[count(instruction.values) - 1])
	not regex.match(`[/\\]$|^\.\.?$|/\.\.?$|[$]`, destination)
	result := {
		"msg": sprintf("several sources go to `%s`, which is no folder", [destination]),
		"path": [instruction.index],
	}
}
