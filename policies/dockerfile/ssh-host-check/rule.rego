# METADATA
# scope: package
# title: Hosts of SSH not checked
# description: The build talks to whoever answers under that name and hands over, or takes in, what the connection carries.
# related_resources:
#   - https://man.openbsd.org/ssh_config#StrictHostKeyChecking
# custom:
#   id: dockerfile/ssh-host-check
#   severity: medium
#   remediation: Write the host's key into known_hosts.
#   profiles:
#     - recommended
#     - strict
package dockerfile.ssh_host_check

import rego.v1

unchecked := `StrictHostKeyChecking[ =]+["']?(no|off|false)|UserKnownHostsFile[ =]+/dev/null`

deny contains result if {
	data.lib.shell.mentions({"StrictHostKeyChecking", "UserKnownHostsFile"})
	some script in data.lib.shell.outer_scripts
	regex.match(unchecked, script.text)
	some text in data.lib.shell.places(script, unchecked)
	result := {
		"msg": "SSH takes every host for the right one",
		"path": [script.instruction.index],
		"text": text,
	}
}

deny contains result if {
	some instruction in data.lib.dockerfile.instructions
	instruction.cmd == "env"
	some index, name in instruction.values
	index % 3 == 0
	regex.match(`StrictHostKeyChecking[ =]+(no|off|false)|UserKnownHostsFile[ =]+/dev/null`, instruction.values[index + 1])
	result := {
		"msg": sprintf("ENV `%s` makes SSH take every host for the right one", [name]),
		"path": [instruction.index, "Value", index],
	}
}
