# METADATA
# scope: package
# title: Command in shell form
# description: In shell form a shell is process 1 and does not pass on the signal to stop, so the program is killed after a delay, and its arguments cannot be replaced.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/json-args-recommended/
# custom:
#   id: dockerfile/shell-form-command
#   severity: low
#   remediation: Write the command as a JSON array.
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL3025
package dockerfile.shell_form_command

import rego.v1

# Who sets a SHELL wants it.
deny contains result if {
	some instruction in data.lib.dockerfile.own_instructions
	instruction.cmd in {"cmd", "entrypoint"}
	not instruction.is_exec
	instruction.values[0]
	instruction.stage in data.lib.dockerfile.shipped
	not sets_shell(instruction.stage)
	not startswith(instruction.values[0], "exec ")
	result := {
		"msg": sprintf("%s is in shell form", [upper(instruction.cmd)]),
		"path": [instruction.index],
	}
}

sets_shell(index) if {
	some instruction in data.lib.dockerfile.own_instructions
	instruction.cmd == "shell"
	instruction.stage in data.lib.dockerfile.lineage(index)
}
