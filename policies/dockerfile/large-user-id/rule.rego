# METADATA
# scope: package
# title: User with a high number
# description: "useradd writes a line for every number up to this one into a log of logins: the layer grows by hundreds of megabytes."
# related_resources:
#   - https://github.com/moby/moby/issues/5419
# custom:
#   id: dockerfile/large-user-id
#   severity: low
#   remediation: Add -l (--no-log-init).
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - hadolint:DL3046
package dockerfile.large_user_id

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"useradd"})
	some command in data.lib.shell.commands
	command.name == "useradd"
	number := user_id(command)
	count(number) > 5
	not leaves_log(command)
	result := {
		"msg": sprintf("user %s makes a log of its size", [number]),
		"path": [command.instruction.index],
		"text": data.lib.shell.at(command),
	}
}

user_id(command) := found[0][1] if {
	found := regex.find_all_string_submatch_n(`(?:^| )(?:-[a-zA-Z]*u|--uid)[ =]?([0-9]+)(?: |$)`, concat(" ", command.args), 1)
	count(found) == 1
}

leaves_log(command) if {
	some word in command.args
	regex.match(`^-[a-zA-Z]*l[a-zA-Z]*$|^--no-log-init$`, word)
}
