# METADATA
# scope: package
# title: No CPU limit
# description: A service without a limit or share of the processors can slow down everything else on its machine.
# related_resources:
#   - https://docs.docker.com/reference/compose-file/deploy/#resources
# custom:
#   id: compose/cpu-limit
#   severity: low
#   remediation: Set `deploy.resources.limits.cpus`, `cpus` or `cpu_shares`.
#   profiles:
#     - strict
#     - cis-docker
package compose.cpu_limit

import rego.v1

deny contains result if {
	some service in data.lib.compose.complete_services
	not is_limited(service)
	result := {
		"msg": sprintf("%s has no CPU limit", [service.subject]),
		"path": service.path,
	}
}

fields := [
	["cpus"], ["cpu_quota"], ["cpu_shares"], ["cpuset"], ["cpu_count"], ["cpu_percent"],
	["deploy", "resources", "limits", "cpus"],
]

is_limited(service) if {
	some field in fields
	data.lib.compose.is_stated(service, field)
}
