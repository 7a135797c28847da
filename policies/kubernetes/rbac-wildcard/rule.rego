# METADATA
# scope: package
# title: Role with a wildcard
# description: A wildcard grants what is there today and all that is added later, mostly far more than was meant.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: kubernetes/rbac-wildcard
#   severity: high
#   remediation: List the verbs, resources and API groups that are needed.
#   profiles:
#     - recommended
#     - strict
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - cis-kubernetes-1.8/5.1.3
#     - nsa-cisa-1.2/rbac
#   equivalents:
#     - trivy:KSV-0044
#     - trivy:KSV-0045
#     - trivy:KSV-0046
#     - checkov:CKV_K8S_49
#     - kube-linter:wildcard-in-rules
package kubernetes.rbac_wildcard

import rego.v1

# A wildcard of groups alone grants nothing more than its resources and verbs say.
deny contains result if {
	input.kind in {"Role", "ClusterRole"}
	some index, position
	entry := input.rules[index]
	some field, word in {"verbs": "every verb", "resources": "every resource"}
	value := entry[field][position]
	value == "*"
	result := {
		"msg": sprintf("%s allows %s", [data.lib.kubernetes.name, word]),
		"path": ["rules", index, field, position],
		"severity": severity(entry),
	}
}

severity(entry) := "critical" if {
	"*" in entry.verbs
	"*" in entry.resources
	"*" in entry.apiGroups
	input.kind == "ClusterRole"
} else := "high"
