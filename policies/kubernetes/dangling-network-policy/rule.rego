# METADATA
# scope: package
# title: Network policy that protects no pod
# description: "No pod that is delivered with it has these labels: the policy looks like a wall and stands around nothing."
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/network-policies/
# custom:
#   id: kubernetes/dangling-network-policy
#   severity: medium
#   remediation: Give the selector the labels of the pods it is meant for.
#   input: documents
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - kube-linter:dangling-networkpolicy
package kubernetes.dangling_network_policy

import rego.v1

deny contains result if {
	not data.lib.cluster.is_open
	some place in data.lib.cluster.of("NetworkPolicy")
	policy := input[place].contents
	data.lib.cluster.group_of(policy) == "networking.k8s.io"
	selector := policy.spec.podSelector
	is_object(selector)
	count(selector) > 0
	namespace := data.lib.cluster.namespace_of(policy)
	data.lib.cluster.has_workloads(namespace)
	count(data.lib.cluster.selected_by(selector, namespace)) == 0
	result := {
		"msg": sprintf("%s selects no pod", [data.lib.cluster.shown(policy)]),
		"path": [place, "contents", "spec", "podSelector"],
	}
}
