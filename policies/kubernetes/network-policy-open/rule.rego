# METADATA
# scope: package
# title: Network policy that lets everything in
# description: An ingress rule without `from`, or from every address, admits all and only looks like a policy.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/network-policies/
# custom:
#   id: kubernetes/network-policy-open
#   severity: low
#   remediation: Name the pods, namespaces or addresses that may connect.
#   objects:
#     - networking.k8s.io/NetworkPolicy
#   profiles:
#     - recommended
#     - strict
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - cis-kubernetes-1.8/5.3.2
#     - nsa-cisa-1.2/network-separation
package kubernetes.network_policy_open

import rego.v1

deny contains result if {
	input.kind == "NetworkPolicy"
	data.lib.kubernetes.group == "networking.k8s.io"
	some index
	entry := input.spec.ingress[index]
	is_object(entry)
	not entry.from[0]
	not entry.ports[0]
	result := {
		"msg": sprintf("%s admits every source to every port", [data.lib.kubernetes.name]),
		"path": ["spec", "ingress", index],
	}
}

deny contains result if {
	input.kind == "NetworkPolicy"
	data.lib.kubernetes.group == "networking.k8s.io"
	some index, position
	entry := input.spec.ingress[index]
	not entry.ports[0]
	peer := entry.from[position]
	peer.ipBlock.cidr in {"0.0.0.0/0", "::/0"}
	result := {
		"msg": sprintf("%s admits every address to every port", [data.lib.kubernetes.name]),
		"path": ["spec", "ingress", index, "from", position, "ipBlock", "cidr"],
	}
}
