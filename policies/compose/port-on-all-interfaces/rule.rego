# METADATA
# scope: package
# title: Port published on every interface
# description: A published port without an address listens on every interface of the machine, also on those that face the internet.
# related_resources:
#   - https://docs.docker.com/engine/network/port-publishing/
# custom:
#   id: compose/port-on-all-interfaces
#   severity: low
#   remediation: "Name the address to listen at: `127.0.0.1:8080:80`."
#   profiles:
#     - strict
#     - cis-docker
package compose.port_on_all_interfaces

import rego.v1

deny contains result if {
	some port in data.lib.compose.ports
	data.lib.compose.is_everywhere(port)
	result := {
		"msg": sprintf("%s publishes port %s on every interface", [port.service.subject, port.target]),
		"path": port.path,
	}
}
