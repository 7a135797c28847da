# METADATA
# scope: package
# title: Stage that copies from itself
# description: "A stage that is being built cannot be copied from: the build fails, or takes an image of that name from a registry."
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#copy---from
# custom:
#   id: dockerfile/copy-from-self
#   severity: medium
#   remediation: Name an earlier stage.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - hadolint:DL3023
#     - trivy:DS-0006
package dockerfile.copy_from_self

import rego.v1

deny contains result if {
	some instruction in data.lib.dockerfile.own_instructions
	instruction.cmd in {"copy", "add"}
	source := lower(data.lib.dockerfile.flag(instruction, "from"))
	is_own(source, data.lib.dockerfile.stages[instruction.stage])
	result := {
		"msg": sprintf("the stage copies from itself: `%s`", [source]),
		"path": [instruction.index],
	}
}

is_own(source, stage) if {
	source == stage.name
	count([other | some other in data.lib.dockerfile.stages; other.index < stage.index; other.name == source]) == 0
}

is_own(source, stage) if source == sprintf("%d", [stage.index])
