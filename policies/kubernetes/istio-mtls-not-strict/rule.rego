# METADATA
# scope: package
# title: Mesh that also takes plain text
# description: With PERMISSIVE or DISABLE a workload takes connections without a certificate, so whoever reaches it is let in without saying who they are.
# related_resources:
#   - https://istio.io/latest/docs/reference/config/security/peer_authentication/
# custom:
#   id: kubernetes/istio-mtls-not-strict
#   severity: medium
#   remediation: Set the mode to STRICT once every client has a sidecar.
#   objects:
#     - security.istio.io/PeerAuthentication
#     - networking.istio.io/DestinationRule
#   profiles:
#     - recommended
#     - strict
#     - nsa-cisa
#   controls:
#     - nsa-cisa-1.2/encryption
package kubernetes.istio_mtls_not_strict

import rego.v1

deny contains result if {
	input.kind == "PeerAuthentication"
	data.lib.kubernetes.group == "security.istio.io"
	mode := input.spec.mtls.mode
	mode in {"PERMISSIVE", "DISABLE"}
	result := {
		"msg": sprintf("%s takes connections without a certificate: %s", [data.lib.kubernetes.name, mode]),
		"path": ["spec", "mtls", "mode"],
	}
}

deny contains result if {
	input.kind == "PeerAuthentication"
	data.lib.kubernetes.group == "security.istio.io"
	some port
	mode := input.spec.portLevelMtls[port].mode
	mode in {"PERMISSIVE", "DISABLE"}
	result := {
		"msg": sprintf("%s takes connections without a certificate on port %v: %s", [data.lib.kubernetes.name, port, mode]),
		"path": ["spec", "portLevelMtls", port, "mode"],
	}
}

# The client's side.
deny contains result if {
	input.kind == "DestinationRule"
	data.lib.kubernetes.group == "networking.istio.io"
	input.spec.trafficPolicy.tls.mode == "DISABLE"
	result := {
		"msg": sprintf("%s sends plain text", [data.lib.kubernetes.name]),
		"path": ["spec", "trafficPolicy", "tls", "mode"],
	}
}
