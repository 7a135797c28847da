# METADATA
# scope: package
# title: Package lists left in the layer
# description: The lists that `apt-get update` fetches are of no use in the image and make it larger; removing them in a later RUN does not make it smaller again.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
# custom:
#   id: dockerfile/apt-cache
#   severity: low
#   remediation: End the same RUN with `rm -rf /var/lib/apt/lists/*`, or mount a cache over /var/lib/apt.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - hadolint:DL3009
package dockerfile.apt_cache

import rego.v1

# Only stages whose layers are in the image count.
deny contains result if {
	data.lib.shell.mentions({"apt"})
	some instruction in data.lib.dockerfile.instructions
	instruction.cmd == "run"
	instruction.stage in data.lib.dockerfile.shipped
	own := [command | some command in data.lib.shell.commands; command.instruction.index == instruction.index]
	some command in own
	command.name in {"apt-get", "apt", "aptitude"}
	data.lib.shell.verb(command) == "update"
	not removes_lists(own)
	not data.lib.dockerfile.has_mount_over(instruction, "/var/lib/apt/lists")
	result := {
		"msg": "the package lists that are fetched here stay in the layer",
		"path": [instruction.index],
		"text": data.lib.shell.at(command),
	}
}

removes_lists(commands) if {
	some command in commands
	command.name == "rm"
	some word in command.args
	regex.match(`^/var/lib/apt(/lists)?(/\*?|/\*\*?|/\*/\*)?$|^/var/lib/(apt,|\{apt)|^/var/lib/apt/\{?lists`, word)
}

removes_lists(commands) if {
	some command in commands
	command.name == "find"
	some word in command.args
	startswith(word, "/var/lib/apt")
	"-delete" in command.args
}

removes_lists(commands) if {
	some command in commands
	command.name in {"apt-get", "apt"}
	data.lib.shell.verb(command) in {"dist-clean", "distclean"}
}
