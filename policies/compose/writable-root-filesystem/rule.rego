# METADATA
# scope: package
# title: Root file system can be written
# description: A service that can write its own file system lets an intruder replace programs and leave tools behind.
# related_resources:
#   - https://docs.docker.com/reference/compose-file/services/#read_only
# custom:
#   id: compose/writable-root-filesystem
#   severity: medium
#   remediation: "Set `read_only: true`, and mount a `tmpfs` where the program writes."
#   profiles:
#     - strict
#     - cis-docker
package compose.writable_root_filesystem

import rego.v1

deny contains result if {
	some service in data.lib.compose.complete_services
	not data.lib.compose.is_true(data.lib.compose.stated(service, ["read_only"]))
	result := {
		"msg": sprintf("%s can write its root file system", [service.subject]),
		"path": cause(service),
	}
}

cause(service) := array.concat(service.path, ["read_only"]) if {
	service.spec.read_only != null
} else := service.path
