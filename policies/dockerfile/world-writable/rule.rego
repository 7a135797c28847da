# METADATA
# scope: package
# title: Files that everyone may write
# description: What everyone may write, any program in the container may replace, also the one that is broken into.
# related_resources:
#   - https://man7.org/linux/man-pages/man1/chmod.1.html
# custom:
#   id: dockerfile/world-writable
#   severity: medium
#   remediation: Give the files to the user of the program and leave others no right to write.
#   profiles:
#     - recommended
#     - strict
package dockerfile.world_writable

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"chmod"})
	some command in data.lib.shell.commands
	command.name == "chmod"
	mode := data.lib.shell.verbs(command)[0]
	opens(mode)
	result := {
		"msg": sprintf("`chmod %s` lets everyone write", [mode]),
		"path": [command.instruction.index],
		"text": data.lib.shell.at_word(command, mode),
	}
}

deny contains result if {
	some instruction in data.lib.dockerfile.instructions
	instruction.cmd in {"copy", "add"}
	mode := data.lib.dockerfile.flag(instruction, "chmod")
	opens(mode)
	result := {
		"msg": sprintf("--chmod=%s lets everyone write", [mode]),
		"path": [instruction.index],
	}
}

# The sticky bit makes a folder for all safe: 1777 is what /tmp has.
opens(mode) if regex.match(`^0?[0246]?[0-7]{2}[2367]$`, mode)

opens(mode) if regex.match(`^([ugo]*[oa][ugo]*)?[+=][rxXs]*w[rwxXs]*$`, mode)

opens(mode) if regex.match(`(^|,)[ug]*[oa][ugoa]*[+=][rxXs]*w`, mode)
