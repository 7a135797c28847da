# METADATA
# scope: package
# title: Authorization policy that admits everyone
# description: "A rule without any condition matches every request: the policy looks like a gate and is none."
# related_resources:
#   - https://istio.io/latest/docs/reference/config/security/authorization-policy/
# custom:
#   id: kubernetes/istio-authorization-open
#   severity: medium
#   remediation: Name the principals or namespaces in `from`, and the paths and methods in `to`.
#   objects:
#     - security.istio.io/AuthorizationPolicy
#   profiles:
#     - recommended
#     - strict
#     - nsa-cisa
#   controls:
#     - nsa-cisa-1.2/network-separation
package kubernetes.istio_authorization_open

import rego.v1

deny contains result if {
	input.kind == "AuthorizationPolicy"
	data.lib.kubernetes.group == "security.istio.io"
	object.get(input, ["spec", "action"], "ALLOW") in {"ALLOW", null}
	some index
	entry := input.spec.rules[index]
	entry in [{}, null]
	result := {
		"msg": sprintf("%s admits every request", [data.lib.kubernetes.name]),
		"path": ["spec", "rules", index],
	}
}

deny contains result if {
	input.kind == "AuthorizationPolicy"
	data.lib.kubernetes.group == "security.istio.io"
	object.get(input, ["spec", "action"], "ALLOW") in {"ALLOW", null}
	some index, position
	entry := input.spec.rules[index]
	not entry.to[0]
	not entry.when[0]
	source := entry.from[position].source
	some field in ["principals", "namespaces", "ipBlocks", "remoteIpBlocks"]
	"*" in source[field]
	# Any principal is at least one with a certificate.
	field != "principals"
	result := {
		"msg": sprintf("%s admits every request", [data.lib.kubernetes.name]),
		"path": ["spec", "rules", index, "from", position, "source", field],
	}
}
