# METADATA
# scope: package
# title: No health check
# description: Without a check a service that hangs is taken for one that runs, and others start before it can serve them.
# related_resources:
#   - https://docs.docker.com/reference/compose-file/services/#healthcheck
# custom:
#   id: compose/healthcheck
#   severity: low
#   remediation: Add a `healthcheck` with a `test`, unless the image brings one.
#   profiles:
#     - strict
#     - cis-docker
package compose.healthcheck

import rego.v1

deny contains result if {
	some service in data.lib.compose.complete_services
	not data.lib.compose.is_stated(service, ["healthcheck"])
	result := {
		"msg": sprintf("%s has no health check", [service.subject]),
		"path": service.path,
	}
}

deny contains result if {
	some service in data.lib.compose.services
	path := switched_off(service)
	result := {
		"msg": sprintf("%s turns its health check off", [service.subject]),
		"path": path,
	}
}

switched_off(service) := array.concat(service.path, ["healthcheck", "disable"]) if {
	data.lib.compose.is_true(service.spec.healthcheck.disable)
} else := array.concat(service.path, ["healthcheck", "test"]) if {
	service.spec.healthcheck.test[0] == "NONE"
}
