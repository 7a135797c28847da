# METADATA
# scope: package
# title: Logs thrown away
# description: With the log driver `none` nothing the service says is kept, also not what it says of an attack.
# related_resources:
#   - https://docs.docker.com/engine/logging/configure/
# custom:
#   id: compose/logging-disabled
#   severity: low
#   remediation: Use the driver `local` and limit its size.
#   profiles:
#     - strict
package compose.logging_disabled

import rego.v1

deny contains result if {
	some service in data.lib.compose.services
	service.spec.logging.driver == "none"
	result := {
		"msg": sprintf("%s throws its logs away", [service.subject]),
		"path": array.concat(service.path, ["logging", "driver"]),
	}
}
