# METADATA
# scope: package
# title: Command that has no use in a build
# description: "It needs a terminal, a running system or rights that a build has not: what it does is gone when the step ends."
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: dockerfile/useless-command
#   severity: low
#   remediation: Leave it out, or do it where the container runs.
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL3001
package dockerfile.useless_command

import rego.v1

useless := {"ssh", "vim", "nano", "shutdown", "reboot", "service", "systemctl", "ps", "free", "top", "htop", "kill", "killall", "mount", "umount", "ifconfig"}

deny contains result if {
	data.lib.shell.mentions(useless)
	some command in data.lib.shell.commands
	command.name in useless
	not works(command)
	result := {
		"msg": sprintf("`%s` does nothing that lasts in a build", [command.name]),
		"path": [command.instruction.index],
		"text": data.lib.shell.at(command),
	}
}

# Writing links is all that enabling does; a process that the step itself started can be ended.
works(command) if {
	command.name == "systemctl"
	data.lib.shell.verb(command) in {"enable", "disable", "mask", "unmask", "preset", "set-default"}
}

works(command) if {
	command.name in {"kill", "killall", "ps"}
	some script in data.lib.shell.scripts
	script.instruction.index == command.instruction.index
	regex.match(`&[ \t]*(\n|$|[^&>])`, script.text)
}
