# METADATA
# scope: package
# title: New privileges not ruled out
# description: "Without no-new-privileges a program with the setuid bit, such as sudo or su, can gain rights the service did not start with."
# related_resources:
#   - https://docs.docker.com/reference/compose-file/services/#security_opt
# custom:
#   id: compose/no-new-privileges
#   severity: medium
#   remediation: "Add `no-new-privileges:true` to `security_opt`."
#   profiles:
#     - strict
#     - cis-docker
package compose.no_new_privileges

import rego.v1

deny contains result if {
	some service in data.lib.compose.complete_services
	not is_ruled_out(service)
	result := {
		"msg": sprintf("%s may gain new privileges", [service.subject]),
		"path": service.path,
	}
}

is_ruled_out(service) if {
	some option in data.lib.compose.listed(service, "security_opt")
	is_string(option)
	lower(option) in {"no-new-privileges", "no-new-privileges:true", "no-new-privileges=true"}
}
