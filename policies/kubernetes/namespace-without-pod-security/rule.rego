# METADATA
# scope: package
# title: Namespace without a pod security level
# description: Without the label the namespace admits whatever the cluster's default admits, which is everything unless somebody changed it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-admission/
# custom:
#   id: kubernetes/namespace-without-pod-security
#   severity: low
#   remediation: "Label it `pod-security.kubernetes.io/enforce: restricted`, or `baseline`."
#   objects:
#     - Namespace
#   profiles:
#     - strict
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - cis-kubernetes-1.8/5.2.1
#     - nsa-cisa-1.2/pod-security
package kubernetes.namespace_without_pod_security

import rego.v1

deny contains result if {
	input.kind == "Namespace"
	data.lib.kubernetes.group == ""
	labels := object.get(input, ["metadata", "labels"], {})
	not is_labelled(labels)
	# These are the cluster's own.
	not data.lib.kubernetes.object_name in {"kube-system", "kube-public", "kube-node-lease"}
	result := {
		"msg": sprintf("%s enforces no pod security level", [data.lib.kubernetes.name]),
		"path": ["metadata"],
	}
}

is_labelled(labels) if labels["pod-security.kubernetes.io/enforce"]
