# METADATA
# scope: package
# title: apk cache left in the layer
# description: The index that apk fetches is of no use in the image and makes it larger.
# related_resources:
#   - https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper
# custom:
#   id: dockerfile/apk-cache
#   severity: low
#   remediation: Write `apk add --no-cache`.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - hadolint:DL3019
#     - trivy:DS-0025
package dockerfile.apk_cache

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"apk"})
	some command in data.lib.shell.commands
	command.name == "apk"
	data.lib.shell.verb(command) == "add"
	command.instruction.stage in data.lib.dockerfile.shipped
	not "--no-cache" in command.args
	not removes_cache(command.instruction.index)
	not data.lib.dockerfile.has_mount_over(command.instruction, "/var/cache/apk")
	not data.lib.dockerfile.has_mount_over(command.instruction, "/etc/apk/cache")
	result := {
		"msg": "`apk add` leaves its index in the layer",
		"path": [command.instruction.index],
		"text": data.lib.shell.at(command),
	}
}

removes_cache(index) if {
	some command in data.lib.shell.commands
	command.instruction.index == index
	command.name == "rm"
	some word in command.args
	regex.match(`^/var/cache/apk(/\*?)?$|^/var/cache/?\*?$`, word)
}
