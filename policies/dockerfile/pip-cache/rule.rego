# METADATA
# scope: package
# title: pip cache left in the layer
# description: The downloads that pip keeps are of no use in the image and make it larger.
# related_resources:
#   - https://pip.pypa.io/en/stable/topics/caching/
# custom:
#   id: dockerfile/pip-cache
#   severity: low
#   remediation: Add --no-cache-dir, set PIP_NO_CACHE_DIR, or mount a cache over /root/.cache/pip.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - hadolint:DL3042
package dockerfile.pip_cache

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"pip"})
	some command in data.lib.shell.commands
	is_install(command)
	command.instruction.stage in data.lib.dockerfile.shipped
	not keeps_nothing(command)
	not is_mounted(command.instruction)
	not is_configured(command.instruction.index)
	result := {
		"msg": "`pip install` leaves its cache in the layer",
		"path": [command.instruction.index],
		"text": data.lib.shell.at(command),
	}
}

is_install(command) if {
	regex.match(`^pip[0-9.]*$`, command.name)
	data.lib.shell.verb(command) == "install"
}

is_install(command) if {
	regex.match(`^python[0-9.]*$`, command.name)
	words := array.slice(command.args, 0, 3)
	words[0] == "-m"
	words[1] == "pip"
	"install" in command.args
}

keeps_nothing(command) if {
	some word in command.args
	word in {"--no-cache-dir", "--no-cache"}
}

# Set for this command alone.
keeps_nothing(command) if {
	some word in command.prefix
	regex.match(`^PIP_NO_CACHE_DIR=.`, word)
}

keeps_nothing(command) if {
	some other in data.lib.shell.commands
	other.instruction.index == command.instruction.index
	regex.match(`^pip[0-9.]*$`, other.name)
	array.slice(data.lib.shell.verbs(other), 0, 2) == ["cache", "purge"]
}

keeps_nothing(command) if {
	some other in data.lib.shell.commands
	other.instruction.index == command.instruction.index
	other.name == "rm"
	some word in other.args
	regex.match(`/\.cache(/pip)?(/\*?)?$`, word)
}

is_mounted(instruction) if {
	some word in instruction.flags
	regex.match(`^--mount=.*type=(cache|tmpfs)`, word)
	regex.match(`(target|dst|destination)=[^,]*(\.cache|pip)`, word)
}

is_configured(index) if {
	value := data.lib.dockerfile.variables_at(index).PIP_NO_CACHE_DIR
	value != ""
}
