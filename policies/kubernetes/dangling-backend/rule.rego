# METADATA
# scope: package
# title: Route to a service that is not there
# description: Requests for the host are answered with an error, for nothing that is delivered with it has this service, or this port of it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/ingress/
#   - https://gateway-api.sigs.k8s.io/api-types/httproute/
# custom:
#   id: kubernetes/dangling-backend
#   severity: medium
#   remediation: Name a service of the same namespace, and one of its ports.
#   input: documents
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - kube-linter:dangling-ingress
package kubernetes.dangling_backend

import rego.v1

deny contains result if {
	not data.lib.cluster.is_open
	some backend in backends
	has_services(backend.namespace)
	found := meant(backend)
	count(found) == 0
	result := {
		"msg": sprintf("%s sends to service `%v`, which is not there", [backend.subject, backend.name]),
		"path": array.concat(backend.at, [backend.field]),
	}
}

deny contains result if {
	some backend in backends
	found := meant(backend)
	count(found) > 0
	backend.port != null
	not has_port(found, backend.port)
	result := {
		"msg": sprintf("%s sends to port %v of service `%v`, which it has not", [backend.subject, backend.port, backend.name]),
		"path": array.concat(backend.at, backend.port_at),
	}
}

has_services(namespace) if {
	some other in namespaces
	data.lib.cluster.meets(other, namespace)
}

namespaces := {data.lib.cluster.namespace_of(input[place].contents) | some place in data.lib.cluster.services}

by_name := data.lib.cluster.grouped([[name, place] |
	some place in data.lib.cluster.services
	name := data.lib.cluster.name_of(input[place].contents)
])

meant(backend) := {place |
	some place in object.get(by_name, backend.name, set())
	data.lib.cluster.meets(data.lib.cluster.namespace_of(input[place].contents), backend.namespace)
}

has_port(found, port) if {
	some place in found
	entry := input[place].contents.spec.ports[_]
	port in [entry.port, entry.name]
}

# A port may have a number alone.
has_port(found, port) if {
	some place in found
	input[place].contents.spec.ports[_].port == port
}

# What routes outside, or is made by Knative, has the ports it wants.
has_port(found, _) if {
	some place in found
	not input[place].contents.spec.ports[0]
}

backends := array.concat(ingress_backends, route_backends)

ingress_backends := [backend |
	some place in data.lib.cluster.of("Ingress")
	ingress := input[place].contents
	some entry in ingress_places(ingress)
	service := object.get(ingress, array.concat(entry, ["service"]), null)
	is_string(service.name)
	some key in ["number", "name"]
	port := service.port[key]
	backend := {
		"subject": data.lib.cluster.shown(ingress),
		"namespace": data.lib.cluster.namespace_of(ingress),
		"name": service.name,
		"port": port,
		"at": array.concat([place, "contents"], array.concat(entry, ["service"])),
		"field": "name",
		"port_at": ["port", key],
	}
]

ingress_places(ingress) := array.concat(
	[["spec", "defaultBackend"] | ingress.spec.defaultBackend],
	[["spec", "rules", index, "http", "paths", position, "backend"] |
		some index, position
		ingress.spec.rules[index].http.paths[position].backend
	],
)

route_backends := [backend |
	some kind in ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute"]
	some place in data.lib.cluster.of(kind)
	route := input[place].contents
	data.lib.cluster.group_of(route) == "gateway.networking.k8s.io"
	some index, position
	reference := route.spec.rules[index].backendRefs[position]
	is_string(reference.name)
	object.get(reference, "kind", "Service") == "Service"
	object.get(reference, "group", "") == ""
	backend := {
		"subject": data.lib.cluster.shown(route),
		"namespace": object.get(reference, "namespace", data.lib.cluster.namespace_of(route)),
		"name": reference.name,
		"port": object.get(reference, "port", null),
		"at": [place, "contents", "spec", "rules", index, "backendRefs", position],
		"field": "name",
		"port_at": ["port"],
	}
]
