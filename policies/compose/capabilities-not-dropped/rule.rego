# METADATA
# scope: package
# title: Capabilities not dropped
# description: A container starts with fourteen capabilities, of which most programs need none; what is left helps whoever gets in.
# related_resources:
#   - https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities
# custom:
#   id: compose/capabilities-not-dropped
#   severity: medium
#   remediation: "Set `cap_drop: [ALL]` and add what the program needs with `cap_add`."
#   profiles:
#     - strict
#     - cis-docker
package compose.capabilities_not_dropped

import rego.v1

deny contains result if {
	some service in data.lib.compose.complete_services
	not drops_all(service)
	result := {
		"msg": sprintf("%s does not drop all capabilities", [service.subject]),
		"path": cause(service),
	}
}

drops_all(service) if {
	some capability in data.lib.compose.listed(service, "cap_drop")
	is_string(capability)
	trim_prefix(upper(capability), "CAP_") == "ALL"
}

cause(service) := array.concat(service.path, ["cap_drop"]) if {
	is_array(service.spec.cap_drop)
} else := service.path
