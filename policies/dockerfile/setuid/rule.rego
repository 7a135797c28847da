# METADATA
# scope: package
# title: Program that runs as its owner
# description: "The bit gives every user who runs the program the rights of its owner, root mostly: the way from a small hole to a large one."
# related_resources:
#   - https://man7.org/linux/man-pages/man2/chmod.2.html
# custom:
#   id: dockerfile/setuid
#   severity: medium
#   remediation: Leave the bit out, or give the program the one capability it needs.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.8
package dockerfile.setuid

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"chmod"})
	some command in data.lib.shell.commands
	command.name == "chmod"
	mode := data.lib.shell.verbs(command)[0]
	sets_bit(mode)
	command.instruction.stage in data.lib.dockerfile.shipped
	result := {
		"msg": sprintf("`chmod %s` lets a program run as its owner", [mode]),
		"path": [command.instruction.index],
		"text": data.lib.shell.at_word(command, mode),
	}
}

deny contains result if {
	some instruction in data.lib.dockerfile.instructions
	instruction.cmd in {"copy", "add"}
	mode := data.lib.dockerfile.flag(instruction, "chmod")
	sets_bit(mode)
	result := {
		"msg": sprintf("--chmod=%s lets a program run as its owner", [mode]),
		"path": [instruction.index],
	}
}

# 2xxx on folders passes a group on, which is harmless.
sets_bit(mode) if regex.match(`^0?[4567][0-7]{3}$`, mode)

sets_bit(mode) if regex.match(`(^|,)([ua]*u[ua]*|a)?[+=][rwxX]*s`, mode)
