# METADATA
# scope: package
# title: Namespace of the machine shared
# description: A container in the network, process, IPC or another namespace of its machine can watch and reach what runs there, past the networks of Compose.
# related_resources:
#   - https://docs.docker.com/reference/compose-file/services/
# custom:
#   id: compose/host-namespaces
#   severity: high
#   remediation: Remove the field; publish the ports that are needed, and put services that talk to each other on one network.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
package compose.host_namespaces

import rego.v1

namespaces := {
	"network_mode": "network",
	"net": "network",
	"pid": "process",
	"ipc": "IPC",
	"uts": "UTS",
	"userns_mode": "user",
	"cgroup": "control group",
}

deny contains result if {
	some service in data.lib.compose.services
	some field, word in namespaces
	lower(data.lib.compose.interpolated(service.spec[field])) == "host"
	result := {
		"msg": sprintf("%s shares the %s namespace of its machine", [service.subject, word]),
		"path": array.concat(service.path, [field]),
	}
}

# The network named `host` is that of the machine, whatever it is called in this file.
deny contains result if {
	some service in data.lib.compose.services
	some network in joined(service)
	is_host_network(network.name, input.networks[network.name])
	result := {
		"msg": sprintf("%s shares the network namespace of its machine as network `%s`", [service.subject, network.name]),
		"path": array.concat(service.path, ["networks", network.key]),
	}
}

# The networks of a service, with the key each is found at.
joined(service) := [{"name": name, "key": index} |
	some index
	name := service.spec.networks[index]
	is_string(name)
] if {
	is_array(service.spec.networks)
}

joined(service) := [{"name": name, "key": name} | some name in object.keys(service.spec.networks)] if {
	is_object(service.spec.networks)
}

is_host_network(_, network) if network.name == "host"

is_host_network(_, network) if network.external.name == "host"

is_host_network("host", network) if {
	network.external == true
	not network.name
}
