# METADATA
# scope: package
# title: Label that must be there is missing
# description: Who made an image, and from what, is asked when it is found in a registry or a cluster and nobody knows it.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/annotations.md
# custom:
#   id: dockerfile/label-missing
#   severity: low
#   remediation: Add the label.
#   parameters:
#     - labels
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL3049
package dockerfile.label_missing

import rego.v1

# Which ones is in the data: `parameters.labels: [org.opencontainers.image.source]`; nothing is asked without it.
deny contains result if {
	some name in data.parameters.labels
	is_string(name)
	not name in labels
	result := {
		"msg": sprintf("the image has no label `%s`", [name]),
		"path": [data.lib.dockerfile.final_stage.from],
	}
}

labels := {data.lib.dockerfile.unquoted(word) |
	some instruction in data.lib.dockerfile.own_instructions
	instruction.cmd == "label"
	instruction.stage in data.lib.dockerfile.shipped
	some index, word in instruction.values
	index % 3 == 0
}
