# METADATA
# scope: package
# title: Volume written by several services
# description: Services that write the same volume can change what the other one reads, so whoever gets into one of them is soon in both.
# related_resources:
#   - https://docs.docker.com/reference/compose-file/volumes/
# custom:
#   id: compose/shared-volume
#   severity: low
#   remediation: Mount it read only in every service but one.
#   profiles:
#     - strict
package compose.shared_volume

import rego.v1

deny contains result if {
	some mount in writers
	others := {other.service.name | some other in writers; other.name == mount.name; other.service.name != mount.service.name}
	count(others) > 0
	result := {
		"msg": sprintf("%s writes volume `%s`, as does %s", [mount.service.subject, mount.name, concat(", ", sort(others))]),
		"path": mount.path,
	}
}

# Volumes with a name; folders of the machine are shared with more than services anyway.
writers := [mount |
	some mount in data.lib.compose.mounts
	regex.match(`^[A-Za-z0-9][A-Za-z0-9_.-]*$`, mount.name)
	not "ro" in mount.options
]
