# METADATA
# scope: package
# title: Network policy that names no peer
# description: No pod that is delivered with it has these labels, so whom the policy means to let through stays out.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/network-policies/
# custom:
#   id: kubernetes/dangling-network-policy-peer
#   severity: low
#   remediation: Give the peer the labels of the pods it means.
#   input: documents
#   profiles:
#     - strict
#   equivalents:
#     - kube-linter:dangling-networkpolicypeer-podselector
package kubernetes.dangling_network_policy_peer

import rego.v1

deny contains result if {
	not data.lib.cluster.is_open
	some place in data.lib.cluster.of("NetworkPolicy")
	policy := input[place].contents
	data.lib.cluster.group_of(policy) == "networking.k8s.io"
	some direction, side in {"ingress": "from", "egress": "to"}
	some index, position
	peer := policy.spec[direction][index][side][position]
	selector := peer.podSelector
	is_object(selector)
	count(selector) > 0
	# Pods of other namespaces may lie in other repositories.
	not peer.namespaceSelector
	namespace := data.lib.cluster.namespace_of(policy)
	data.lib.cluster.has_workloads(namespace)
	count(data.lib.cluster.selected_by(selector, namespace)) == 0
	result := {
		"msg": sprintf("%s names a peer that is no pod", [data.lib.cluster.shown(policy)]),
		"path": [place, "contents", "spec", direction, index, side, position, "podSelector"],
	}
}
