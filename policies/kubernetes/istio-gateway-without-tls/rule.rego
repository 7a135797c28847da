# METADATA
# scope: package
# title: Gateway of the mesh without TLS
# description: The server takes plain HTTP and sends nobody on to HTTPS, so requests come in readable.
# related_resources:
#   - https://istio.io/latest/docs/reference/config/networking/gateway/
# custom:
#   id: kubernetes/istio-gateway-without-tls
#   severity: medium
#   remediation: "Serve HTTPS, and let the HTTP server redirect: `tls.httpsRedirect: true`."
#   objects:
#     - networking.istio.io/Gateway
#   profiles:
#     - recommended
#     - strict
#     - nsa-cisa
#   controls:
#     - nsa-cisa-1.2/encryption
package kubernetes.istio_gateway_without_tls

import rego.v1

deny contains result if {
	input.kind == "Gateway"
	data.lib.kubernetes.group == "networking.istio.io"
	some index
	server := input.spec.servers[index]
	upper(sprintf("%v", [server.port.protocol])) in {"HTTP", "HTTP2", "GRPC"}
	not server.tls.httpsRedirect == true
	result := {
		"msg": sprintf("%s serves port %v without TLS", [data.lib.kubernetes.name, object.get(server, ["port", "number"], index)]),
		"path": ["spec", "servers", index, "port", "protocol"],
	}
}

deny contains result if {
	input.kind == "Gateway"
	data.lib.kubernetes.group == "networking.istio.io"
	some index
	version := input.spec.servers[index].tls.minProtocolVersion
	version in {"TLSV1_0", "TLSV1_1"}
	result := {
		"msg": sprintf("%s takes the old version %s", [data.lib.kubernetes.name, version]),
		"path": ["spec", "servers", index, "tls", "minProtocolVersion"],
	}
}
