# METADATA
# scope: package
# title: Workload in a namespace of the cluster
# description: What runs in kube-system stands beside the parts of the control plane, and quotas and policies mostly leave it out.
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
# custom:
#   id: kubernetes/system-namespace
#   severity: low
#   remediation: Give it a namespace of its own.
#   profiles:
#     - strict
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - cis-kubernetes-1.8/5.7.1
#     - nsa-cisa-1.2/namespaces
#   equivalents:
#     - trivy:KSV-0037
package kubernetes.system_namespace

import rego.v1

deny contains result if {
	count(data.lib.kubernetes.pods) > 0
	input.metadata.namespace in {"kube-system", "kube-public", "kube-node-lease"}
	# Static pods of the control plane belong there.
	not is_control_plane
	result := {
		"msg": sprintf("%s runs in %s", [data.lib.kubernetes.name, input.metadata.namespace]),
		"path": ["metadata", "namespace"],
	}
}

is_control_plane if input.metadata.labels.tier == "control-plane"

is_control_plane if startswith(sprintf("%v", [input.metadata.labels["k8s-app"]]), "kube-")
