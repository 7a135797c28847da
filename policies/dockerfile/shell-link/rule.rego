# METADATA
# scope: package
# title: Shell replaced by a link
# description: Every script of the image that asks for /bin/sh gets another shell from here on, not only this build.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#shell
# custom:
#   id: dockerfile/shell-link
#   severity: low
#   remediation: Use SHELL.
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL4005
package dockerfile.shell_link

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"/bin/sh"})
	some command in data.lib.shell.commands
	command.name == "ln"
	target := command.args[count(command.args) - 1]
	target in {"/bin/sh", "/usr/bin/sh"}
	result := {
		"msg": sprintf("`%s` is replaced", [target]),
		"path": [command.instruction.index],
		"text": data.lib.shell.at_word(command, target),
	}
}
