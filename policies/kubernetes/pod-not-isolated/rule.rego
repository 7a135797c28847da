# METADATA
# scope: package
# title: Pods without a network policy
# description: No network policy selects them, so every pod of the cluster may connect to every port.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/network-policies/
# custom:
#   id: kubernetes/pod-not-isolated
#   severity: low
#   remediation: Add a policy for the namespace that admits nothing, and one for what each pod needs.
#   input: documents
#   profiles:
#     - strict
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - cis-kubernetes-1.8/5.3.2
#     - nsa-cisa-1.2/network-separation
#   equivalents:
#     - checkov:CKV2_K8S_6
#     - kube-linter:non-isolated-pod
#     - trivy:KSV-0038
package kubernetes.pod_not_isolated

import rego.v1

deny contains result if {
	count(others) == 0
	some index in unselected
	workload := data.lib.cluster.workloads[index]
	result := {
		"msg": sprintf("%s is selected by no network policy for ingress", [data.lib.cluster.shown(workload.item)]),
		"path": [workload.place, "contents", "kind"],
	}
}

# Network plugins have policies of their own, which are not read here: what they select is not known.
deny contains result if {
	place := min(others)
	count(unselected) > 0
	other := input[place].contents
	result := {
		"msg": sprintf("whether all pods are selected by a network policy is not known: %s is of a network plugin, whose policies are not read", [data.lib.cluster.shown(other)]),
		"status": "unknown",
		"path": [place, "contents", "kind"],
	}
}

# The network of the node is not the pod's.
unselected contains index if {
	some index, workload in data.lib.cluster.workloads
	not index in isolated
	not workload.spec.hostNetwork == true
}

isolated contains index if {
	some place in data.lib.cluster.of("NetworkPolicy")
	not place in others
	policy := input[place].contents
	is_object(policy.spec)
	governs_ingress(policy)
	some index in data.lib.cluster.selected_by(object.get(policy.spec, "podSelector", {}), data.lib.cluster.namespace_of(policy))
}

# Without a word, every policy is one for ingress.
governs_ingress(policy) if not policy.spec.policyTypes

governs_ingress(policy) if "Ingress" in policy.spec.policyTypes

others contains place if {
	some kind in ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy", "GlobalNetworkPolicy", "AdminNetworkPolicy", "BaselineAdminNetworkPolicy"]
	some place in data.lib.cluster.of(kind)
}

# Calico calls some of its own by the name of those of Kubernetes.
others contains place if {
	some place in data.lib.cluster.of("NetworkPolicy")
	endswith(data.lib.cluster.group_of(input[place].contents), "projectcalico.org")
}
