# METADATA
# scope: package
# title: No restart policy
# description: A service that says nothing of restarts stays down after a crash and after the machine was started again.
# related_resources:
#   - https://docs.docker.com/reference/compose-file/services/#restart
# custom:
#   id: compose/restart-policy
#   severity: low
#   remediation: "Set `restart`, for what ends by itself to `no`."
#   profiles:
#     - strict
#     - cis-docker
package compose.restart_policy

import rego.v1

deny contains result if {
	some service in data.lib.compose.complete_services
	not data.lib.compose.is_stated(service, ["restart"])
	not data.lib.compose.is_stated(service, ["deploy", "restart_policy"])
	result := {
		"msg": sprintf("%s has no restart policy", [service.subject]),
		"path": service.path,
	}
}
