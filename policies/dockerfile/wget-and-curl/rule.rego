# METADATA
# scope: package
# title: Both wget and curl
# description: One of the two does all the work; the other is only size and one more thing to keep patched.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: dockerfile/wget-and-curl
#   severity: low
#   remediation: Use one of them.
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL4001
#     - trivy:DS-0014
package dockerfile.wget_and_curl

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"wget"})
	data.lib.shell.mentions({"curl"})
	some command in data.lib.shell.commands
	command.name == "wget"
	some other in data.lib.shell.commands
	other.name == "curl"
	other.instruction.stage == command.instruction.stage
	result := {
		"msg": "this stage uses both wget and curl",
		"path": [command.instruction.index],
		"text": data.lib.shell.at(command),
	}
}
