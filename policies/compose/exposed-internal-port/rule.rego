# METADATA
# scope: package
# title: Database or remote control open to every network
# description: "A published port without an address listens on every interface of the machine, and Docker lets it past most firewalls of the machine: databases, caches and remote controls are then found by whoever scans for them."
# related_resources:
#   - https://docs.docker.com/engine/network/port-publishing/
#   - https://docs.docker.com/engine/network/packet-filtering-firewalls/
# custom:
#   id: compose/exposed-internal-port
#   severity: medium
#   remediation: "Leave the port out where only other services need it, since they reach it by the name of the service; else publish it at 127.0.0.1."
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
package compose.exposed_internal_port

import rego.v1

# What the container calls the port counts, not the number that the machine gives it.
deny contains result if {
	some port in data.lib.compose.ports
	data.lib.compose.is_everywhere(port)
	some number, listener in data.lib.ports.internal
	data.lib.compose.is_in_range(number, port.target)
	result := {
		"msg": sprintf("%s opens port %d, mostly %s, to every network", [port.service.subject, number, listener]),
		"path": port.path,
	}
}
