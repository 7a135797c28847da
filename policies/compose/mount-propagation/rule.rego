# METADATA
# scope: package
# title: Mounts passed on to the machine
# description: With shared propagation what the container mounts appears on its machine, and in every other container that sees the folder.
# related_resources:
#   - https://docs.docker.com/engine/storage/bind-mounts/#configure-bind-propagation
# custom:
#   id: compose/mount-propagation
#   severity: medium
#   remediation: Remove the option; `rslave` is enough to see new mounts of the machine.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
package compose.mount_propagation

import rego.v1

deny contains result if {
	some mount in data.lib.compose.mounts
	some option in mount.options & {"shared", "rshared"}
	result := {
		"msg": sprintf("%s mounts `%s` with propagation `%s`", [mount.service.subject, mount.name, option]),
		"path": mount.path,
	}
}
