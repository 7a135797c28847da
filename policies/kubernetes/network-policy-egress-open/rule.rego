# METADATA
# scope: package
# title: Network policy that lets everything out
# description: An egress rule without `to`, or to every address, lets whoever gets in send out what it finds.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/network-policies/
# custom:
#   id: kubernetes/network-policy-egress-open
#   severity: low
#   remediation: Name the pods, namespaces or addresses that may be reached, and DNS.
#   objects:
#     - networking.k8s.io/NetworkPolicy
#   profiles:
#     - strict
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - cis-kubernetes-1.8/5.3.2
#     - nsa-cisa-1.2/network-separation
package kubernetes.network_policy_egress_open

import rego.v1

deny contains result if {
	input.kind == "NetworkPolicy"
	data.lib.kubernetes.group == "networking.k8s.io"
	some index
	entry := input.spec.egress[index]
	is_object(entry)
	not entry.to[0]
	not entry.ports[0]
	result := {
		"msg": sprintf("%s lets traffic out to everywhere", [data.lib.kubernetes.name]),
		"path": ["spec", "egress", index],
	}
}

deny contains result if {
	input.kind == "NetworkPolicy"
	data.lib.kubernetes.group == "networking.k8s.io"
	some index, position
	entry := input.spec.egress[index]
	not entry.ports[0]
	block := entry.to[position].ipBlock
	block.cidr in {"0.0.0.0/0", "::/0"}
	not block.except[0]
	result := {
		"msg": sprintf("%s lets traffic out to every address", [data.lib.kubernetes.name]),
		"path": ["spec", "egress", index, "to", position, "ipBlock", "cidr"],
	}
}
