# METADATA
# scope: package
# title: Download without TLS
# description: Anyone on the way can change what comes in, and the build runs it or ships it.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: dockerfile/insecure-download
#   severity: medium
#   remediation: Use https, and check a checksum or a signature.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.11
package dockerfile.insecure_download

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"http://", "ftp://", "git://"})
	some command in data.lib.shell.commands
	command.name in {"curl", "wget", "git"}
	some word in command.args
	is_plain(word)
	result := {
		"msg": sprintf("`%s` is fetched without TLS", [word]),
		"path": [command.instruction.index],
		"text": data.lib.shell.at_word(command, word),
	}
}

deny contains result if {
	some instruction in data.lib.dockerfile.instructions
	instruction.cmd == "add"
	some index, word in array.slice(instruction.values, 0, count(instruction.values) - 1)
	is_plain(data.lib.dockerfile.unquoted(word))
	not data.lib.dockerfile.flag(instruction, "checksum")
	result := {
		"msg": sprintf("`%s` is fetched without TLS", [word]),
		"path": [instruction.index, "Value", index],
	}
}

# What the build itself serves never leaves the machine.
is_plain(word) if {
	regex.match(`^(http|ftp|git)://`, word)
	not regex.match(`^[a-z]+://(localhost|127[.]|\[::1)`, word)
}
