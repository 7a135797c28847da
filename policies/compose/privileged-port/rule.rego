# METADATA
# scope: package
# title: Privileged port of the machine taken
# description: Ports below 1024 belong to services of the system, and programs trust what answers there.
# related_resources:
#   - https://docs.docker.com/engine/network/port-publishing/
# custom:
#   id: compose/privileged-port
#   severity: low
#   remediation: Publish a port from 1024 on and let a proxy take the public one; 80 and 443 are left alone.
#   profiles:
#     - strict
#     - cis-docker
package compose.privileged_port

import rego.v1

deny contains result if {
	some port in data.lib.compose.ports
	regex.match(`^[0-9]+(-[0-9]+)?$`, port.published)
	first := to_number(split(port.published, "-")[0])
	first < 1024
	not first in {0, 80, 443}
	result := {
		"msg": sprintf("%s takes port %d of its machine", [port.service.subject, first]),
		"path": port.path,
	}
}
