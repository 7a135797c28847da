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
package dockerfile.apk_cache

import data.lib.dockerfile
import data.lib.shell
import rego.v1

deny contains result if {
	some command in shell.commands
	command.name == "apk"
	shell.verb(command) == "add"
	command.instruction.stage in dockerfile.shipped
	not "--no-cache" in command.args
	not removes_cache(command.instruction.index)
	not dockerfile.has_mount_over(command.instruction, "/var/cache/apk")
	not dockerfile.has_mount_over(command.instruction, "/etc/apk/cache")
	result := {
		"msg": "`apk add` leaves its index in the layer",
		"path": [command.instruction.index],
	}
}

removes_cache(index) if {
	some command in shell.commands
	command.instruction.index == index
	command.name == "rm"
	some word in command.args
	regex.match(`^/var/cache/apk(/\*?)?$|^/var/cache/?\*?$`, word)
}
