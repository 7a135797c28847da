# METADATA
# scope: package
# title: Socket of the container runtime mounted
# description: "Who can talk to the container runtime can start a container that owns the machine: the socket is root, also when it is mounted to be read only."
# related_resources:
#   - https://docs.docker.com/engine/security/protect-access/
# custom:
#   id: compose/container-runtime-socket
#   severity: critical
#   remediation: Remove the mount; where a program must look at containers, put a proxy between that passes only the calls it needs.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
package compose.container_runtime_socket

import rego.v1

deny contains result if {
	some mount in data.lib.compose.mounts
	data.lib.host.is_runtime_socket(mount.source)
	result := {
		"msg": sprintf("%s mounts the socket `%s` of the container runtime", [mount.service.subject, mount.source]),
		"path": mount.path,
	}
}

# Compose mounts the socket itself, with the credentials of registries.
deny contains result if {
	some service in data.lib.compose.services
	data.lib.compose.is_true(service.spec.use_api_socket)
	result := {
		"msg": sprintf("%s is given the socket of the container runtime", [service.subject]),
		"path": array.concat(service.path, ["use_api_socket"]),
	}
}
