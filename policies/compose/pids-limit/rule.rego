# METADATA
# scope: package
# title: No limit of processes
# description: Without a limit one service can start processes until the machine has room for no other, by fault or on purpose.
# related_resources:
#   - https://docs.docker.com/reference/compose-file/services/#pids_limit
# custom:
#   id: compose/pids-limit
#   severity: low
#   remediation: Set `pids_limit` or `deploy.resources.limits.pids`.
#   profiles:
#     - strict
#     - cis-docker
package compose.pids_limit

import rego.v1

deny contains result if {
	some service in data.lib.compose.complete_services
	not is_limited(service)
	result := {
		"msg": sprintf("%s has no limit of processes", [service.subject]),
		"path": cause(service),
	}
}

fields := [["pids_limit"], ["deploy", "resources", "limits", "pids"]]

# Minus one is the same as none.
is_limited(service) if {
	some field in fields
	limit := data.lib.compose.stated(service, field)
	not limit in {null, -1, "-1", 0, "0"}
}

cause(service) := array.concat(service.path, ["pids_limit"]) if is_written(service)

cause(service) := service.path if not is_written(service)

is_written(service) if service.spec.pids_limit in {-1, "-1", 0, "0"}
