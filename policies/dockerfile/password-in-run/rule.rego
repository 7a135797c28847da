# METADATA
# scope: package
# title: Password set in a build
# description: The command stands in the history of the image, and the password is the same in every container.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
# custom:
#   id: dockerfile/password-in-run
#   severity: high
#   remediation: Leave the account without a password; enter containers through their engine.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.10
#   equivalents:
#     - checkov:CKV2_DOCKER_17
package dockerfile.password_in_run

import rego.v1

# echo root:secret | chpasswd
deny contains result if {
	data.lib.shell.mentions({"chpasswd", "useradd", "usermod"})
	some script in data.lib.shell.scripts
	some index, command in script.commands
	command.name == "chpasswd"
	command.is_piped
	giver := script.commands[index - 1]
	some word in giver.args
	account := regex.find_all_string_submatch_n(`^([a-z_][a-z0-9_-]*):(.+)$`, word, 1)[0]
	not contains(account[2], "$(")
	not regex.match(`^[$]\{?[A-Za-z_]`, account[2])
	result := {
		"msg": sprintf("the password of `%s` is written into the build", [account[1]]),
		"path": [command.instruction.index],
		"text": data.lib.shell.at_word(giver, word),
		"conceal": [account[2]],
	}
}

# useradd -p, usermod --password
deny contains result if {
	data.lib.shell.mentions({"chpasswd", "useradd", "usermod"})
	some command in data.lib.shell.commands
	command.name in {"useradd", "usermod"}
	some index, word in command.args
	word in {"-p", "--password"}
	value := command.args[index + 1]
	not regex.match(`^[$][({A-Za-z_]|^[!*x]?$`, value)
	result := {
		"msg": sprintf("`%s` is given a password", [command.name]),
		"path": [command.instruction.index],
		"text": data.lib.shell.at_word(command, word),
		"conceal": [value],
	}
}
