# METADATA
# scope: package
# title: sudo in a build
# description: A build runs as the user that USER names; sudo adds nothing but a program that makes everyone root in the image.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#user
# custom:
#   id: dockerfile/sudo
#   severity: low
#   remediation: Set USER root before the instruction and the other user after it.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - hadolint:DL3004
#     - trivy:DS-0010
package dockerfile.sudo

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"sudo", "doas"})
	some command in data.lib.shell.commands
	some word in command.prefix
	regex.match(`^(.*/)?(sudo|doas)$`, word)
	result := {
		"msg": sprintf("`%s` is called with sudo", [command.name]),
		"path": [command.instruction.index],
		"text": data.lib.shell.at_word(command, word),
	}
}
