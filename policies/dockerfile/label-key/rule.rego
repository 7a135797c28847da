# METADATA
# scope: package
# title: Label with a wrong name
# description: Names are lower case, in reverse domain order, and those of Docker itself are taken; tools do not find others.
# related_resources:
#   - https://docs.docker.com/engine/manage-resources/labels/
# custom:
#   id: dockerfile/label-key
#   severity: low
#   remediation: Use lower-case letters, digits, dots and hyphens, below a domain of your own.
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL3048
package dockerfile.label_key

import rego.v1

deny contains result if {
	some instruction in data.lib.dockerfile.instructions
	instruction.cmd == "label"
	some index, word in instruction.values
	index % 3 == 0
	key := data.lib.dockerfile.unquoted(word)
	fault := wrong(key)
	result := {
		"msg": sprintf("label `%s` %s", [key, fault]),
		"path": [instruction.index, "Value", index],
	}
}

wrong(key) := "is in a namespace that Docker keeps for itself" if {
	regex.match(`^(com\.docker|io\.docker|org\.dockerproject)\.`, key)
} else := "has characters that labels do not have" if {
	not contains(key, "$")
	not regex.match(`^[a-z0-9]([a-z0-9._/-]*[a-z0-9])?$`, key)
} else := "has separators in a row" if regex.match(`[.-]{2}`, key)
