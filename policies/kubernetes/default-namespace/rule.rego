# METADATA
# scope: package
# title: Object in the default namespace
# description: What lies in the namespace `default` shares its rights, quotas and network policies with everything else that nobody gave a place.
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
# custom:
#   id: kubernetes/default-namespace
#   severity: low
#   remediation: Give the workload a namespace of its own.
#   profiles:
#     - strict
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - cis-kubernetes-1.8/5.7.4
#     - nsa-cisa-1.2/namespaces
#   equivalents:
#     - trivy:KSV-0110
#     - checkov:CKV_K8S_21
#     - kube-linter:use-namespace
package kubernetes.default_namespace

import rego.v1

# Without a namespace the one who applies the object decides. The service `kubernetes` lives there.
deny contains result if {
	input.metadata.namespace == "default"
	not data.lib.kubernetes.object_name == "kubernetes"
	result := {
		"msg": sprintf("%s is put into the default namespace", [data.lib.kubernetes.name]),
		"path": ["metadata", "namespace"],
	}
}
