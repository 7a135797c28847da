# METADATA
# scope: package
# title: Namespace admits privileged pods
# description: The label asks the API server to admit any pod into the namespace, privileged ones among them.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-admission/
# custom:
#   id: kubernetes/pod-security-label
#   severity: medium
#   remediation: Enforce `baseline`, better `restricted`.
#   profiles:
#     - recommended
#     - strict
#     - cis-kubernetes
#   controls:
#     - cis-kubernetes-1.8/5.2.1
package kubernetes.pod_security_label

import rego.v1

deny contains result if {
	input.kind == "Namespace"
	input.metadata.labels["pod-security.kubernetes.io/enforce"] == "privileged"
	result := {
		"msg": sprintf("%s admits privileged pods", [data.lib.kubernetes.name]),
		"path": ["metadata", "labels", "pod-security.kubernetes.io/enforce"],
	}
}
