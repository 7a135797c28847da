# METADATA
# scope: package
# title: Gateway that takes routes of every namespace
# description: Any namespace may attach a route to the listener and answer for its host.
# related_resources:
#   - https://gateway-api.sigs.k8s.io/guides/multiple-ns/
# custom:
#   id: kubernetes/gateway-open-routes
#   severity: low
#   remediation: Take routes of the same namespace, or of namespaces with a label.
#   objects:
#     - gateway.networking.k8s.io/Gateway
#   profiles:
#     - strict
#     - nsa-cisa
#   controls:
#     - nsa-cisa-1.2/namespaces
package kubernetes.gateway_open_routes

import rego.v1

deny contains result if {
	input.kind == "Gateway"
	data.lib.kubernetes.group == "gateway.networking.k8s.io"
	some index
	listener := input.spec.listeners[index]
	is_object(listener)
	listener.allowedRoutes.namespaces.from == "All"
	result := {
		"msg": sprintf("%s: listener `%v` takes routes of every namespace", [data.lib.kubernetes.name, object.get(listener, "name", index)]),
		"path": ["spec", "listeners", index, "allowedRoutes", "namespaces", "from"],
	}
}
