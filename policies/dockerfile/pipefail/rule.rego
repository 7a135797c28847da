# METADATA
# scope: package
# title: Pipe that hides a failure
# description: "A pipe is as good as its last command: a download that fails in front of it does not stop the build."
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#using-pipes
# custom:
#   id: dockerfile/pipefail
#   severity: low
#   remediation: Set `SHELL ["/bin/bash", "-o", "pipefail", "-c"]` before it, or begin with `set -o pipefail &&`.
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL4006
package dockerfile.pipefail

import rego.v1

deny contains result if {
	some script in data.lib.shell.outer_scripts
	piped := [command | some command in script.commands; command.is_piped]
	count(piped) > 0
	not is_set(script)
	not has_shell(script.instruction)
	# Answers for a program that asks cannot fail.
	not is_answer(script)
	result := {
		"msg": "a failure in front of `|` does not stop the build",
		"path": [script.instruction.index],
		"text": data.lib.shell.at(piped[0]),
	}
}

is_set(script) if regex.match(`pipefail`, script.text)

# In another shell than sh and its like pipes are other things.
has_shell(instruction) if {
	shells := [other |
		some other in data.lib.dockerfile.own_instructions
		other.cmd == "shell"
		other.index < instruction.index
		other.stage in data.lib.dockerfile.lineage(instruction.stage)
	]
	last := concat(" ", shells[count(shells) - 1].values)
	regex.match(`pipefail|-[a-z]*eo|powershell|pwsh|cmd`, lower(last))
}

is_answer(script) if {
	piped := [index | some index, command in script.commands; command.is_piped]
	every index in piped {
		script.commands[index - 1].name in {"yes", "echo", "printf"}
	}
}
