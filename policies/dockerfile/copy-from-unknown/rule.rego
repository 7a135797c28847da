# METADATA
# scope: package
# title: Copy from what is no stage
# description: "A name that no earlier stage has is looked up as an image: a typing mistake brings in whatever the registry has under that name."
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#copy---from
# custom:
#   id: dockerfile/copy-from-unknown
#   severity: low
#   remediation: Name an earlier stage, or an image with its tag or digest.
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL3022
package dockerfile.copy_from_unknown

import rego.v1

deny contains result if {
	some instruction in data.lib.dockerfile.own_instructions
	instruction.cmd == "copy"
	source := lower(data.lib.dockerfile.flag(instruction, "from"))
	not regex.match(`[/:@$.]|^[0-9]+$`, source)
	not source in {stage.name | some stage in data.lib.dockerfile.stages; stage.index < instruction.stage}
	# That is the rule copy-from-self.
	source != data.lib.dockerfile.stages[instruction.stage].name
	result := {
		"msg": sprintf("`%s` is no earlier stage", [source]),
		"path": [instruction.index],
	}
}

deny contains result if {
	some instruction in data.lib.dockerfile.own_instructions
	instruction.cmd == "copy"
	source := data.lib.dockerfile.flag(instruction, "from")
	regex.match(`^[0-9]{1,6}$`, source)
	to_number(source) > instruction.stage
	result := {
		"msg": sprintf("there is no stage %s before this one", [source]),
		"path": [instruction.index],
		"severity": "medium",
	}
}
