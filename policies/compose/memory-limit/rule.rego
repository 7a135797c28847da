# METADATA
# scope: package
# title: No memory limit
# description: A service without a memory limit can take all memory of the machine, and the kernel then ends whatever it likes.
# related_resources:
#   - https://docs.docker.com/reference/compose-file/deploy/#resources
# custom:
#   id: compose/memory-limit
#   severity: medium
#   remediation: Set `deploy.resources.limits.memory` or `mem_limit`.
#   profiles:
#     - strict
#     - cis-docker
package compose.memory_limit

import rego.v1

deny contains result if {
	some service in data.lib.compose.complete_services
	not is_limited(service)
	result := {
		"msg": sprintf("%s has no memory limit", [service.subject]),
		"path": service.path,
	}
}

is_limited(service) if data.lib.compose.is_stated(service, ["mem_limit"])

is_limited(service) if data.lib.compose.is_stated(service, ["deploy", "resources", "limits", "memory"])
