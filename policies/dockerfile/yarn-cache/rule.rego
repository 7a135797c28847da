# METADATA
# scope: package
# title: Yarn's cache left in the layer
# description: Yarn keeps what it downloads in a cache that the image does not need.
# related_resources:
#   - https://classic.yarnpkg.com/lang/en/docs/cli/cache/
# custom:
#   id: dockerfile/yarn-cache
#   severity: low
#   remediation: Run `yarn cache clean` in the same step, or mount a cache.
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL3060
package dockerfile.yarn_cache

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"yarn"})
	some command in data.lib.shell.commands
	command.name == "yarn"
	is_install(command)
	command.instruction.stage in data.lib.dockerfile.shipped
	not is_cleaned(command)
	not is_mounted(command.instruction)
	result := {
		"msg": "`yarn` leaves its cache in the layer",
		"path": [command.instruction.index],
		"text": data.lib.shell.at(command),
	}
}

is_install(command) if data.lib.shell.verb(command) in {"install", "add", "global"}

is_install(command) if count([word | some word in command.args; not startswith(word, "-")]) == 0

is_cleaned(command) if {
	some other in data.lib.shell.commands
	other.instruction.index == command.instruction.index
	other.name == "yarn"
	array.slice(data.lib.shell.verbs(other), 0, 2) == ["cache", "clean"]
}

is_cleaned(command) if {
	some other in data.lib.shell.commands
	other.instruction.index == command.instruction.index
	other.name == "rm"
	some word in other.args
	regex.match(`yarn|/\.cache`, word)
}

is_mounted(instruction) if {
	some word in instruction.flags
	regex.match(`^--mount=.*type=(cache|tmpfs).*yarn|^--mount=.*yarn.*type=(cache|tmpfs)`, word)
}
