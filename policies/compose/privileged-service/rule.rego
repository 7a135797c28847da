# METADATA
# scope: package
# title: Privileged service
# description: A privileged container has every capability, sees the devices of the machine and is held by neither seccomp nor AppArmor, so whoever gets into it owns the machine.
# related_resources:
#   - https://docs.docker.com/reference/compose-file/services/#privileged
# custom:
#   id: compose/privileged-service
#   severity: critical
#   remediation: Remove `privileged` and grant the single capability or device that is needed.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
package compose.privileged_service

import rego.v1

deny contains result if {
	some service in data.lib.compose.services
	data.lib.compose.is_true(service.spec.privileged)
	result := {
		"msg": sprintf("%s runs privileged", [service.subject]),
		"path": array.concat(service.path, ["privileged"]),
	}
}

# Commands that run in the container when it starts or stops may be privileged on their own.
deny contains result if {
	some service in data.lib.compose.services
	some hook in ["post_start", "pre_stop"]
	some index
	command := service.spec[hook][index]
	data.lib.compose.is_true(command.privileged)
	result := {
		"msg": sprintf("%s runs a `%s` command privileged", [service.subject, hook]),
		"path": array.concat(service.path, [hook, index, "privileged"]),
	}
}
