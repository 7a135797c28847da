# METADATA
# scope: package
# title: Gateway without TLS
# description: A listener that speaks plain HTTP carries requests readable, and lets them be changed on the way.
# related_resources:
#   - https://gateway-api.sigs.k8s.io/guides/tls/
# custom:
#   id: kubernetes/gateway-without-tls
#   severity: medium
#   remediation: Use HTTPS with a certificate; keep an HTTP listener only to redirect.
#   objects:
#     - gateway.networking.k8s.io/Gateway
#   profiles:
#     - recommended
#     - strict
#     - nsa-cisa
#   controls:
#     - nsa-cisa-1.2/encryption
package kubernetes.gateway_without_tls

import rego.v1

deny contains result if {
	input.kind == "Gateway"
	data.lib.kubernetes.group == "gateway.networking.k8s.io"
	# Beside HTTPS, the HTTP listener is mostly there to redirect.
	not has_tls
	some index
	listener := input.spec.listeners[index]
	is_object(listener)
	listener.protocol in {"HTTP", "TCP"}
	result := {
		"msg": sprintf("%s: listener `%v` speaks %s", [data.lib.kubernetes.name, object.get(listener, "name", index), listener.protocol]),
		"path": ["spec", "listeners", index, "protocol"],
	}
}

has_tls if input.spec.listeners[_].protocol in {"HTTPS", "TLS"}
