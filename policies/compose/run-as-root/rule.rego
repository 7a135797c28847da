# METADATA
# scope: package
# title: Service runs as root
# description: "Root in a container is root on the machine as soon as it gets out, and may change everything inside until then; here somebody asked for it."
# related_resources:
#   - https://docs.docker.com/reference/compose-file/services/#user
# custom:
#   id: compose/run-as-root
#   severity: high
#   remediation: Name another user, by number, and give it the files it must write.
#   profiles:
#     - recommended
#     - strict
package compose.run_as_root

import rego.v1

deny contains result if {
	some service in data.lib.compose.services
	user := service.spec.user
	is_root(user)
	result := {
		"msg": sprintf("%s runs as user `%v`", [service.subject, user]),
		"path": array.concat(service.path, ["user"]),
	}
}

is_root(user) if user == 0

is_root(user) if {
	is_string(user)
	name := lower(trim_space(split(data.lib.compose.interpolated(user), ":")[0]))
	regex.match(`^(root|0+)$`, name)
}
