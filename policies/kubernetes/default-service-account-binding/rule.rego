# METADATA
# scope: package
# title: Rights for the default service account
# description: Every pod that names no service account runs as `default`, so rights given to it are rights of pods nobody thought of.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: kubernetes/default-service-account-binding
#   severity: medium
#   remediation: Make a service account for the workload and bind the role to that.
#   profiles:
#     - recommended
#     - strict
#     - cis-kubernetes
#   controls:
#     - cis-kubernetes-1.8/5.1.5
#   equivalents:
#     - checkov:CKV_K8S_42
package kubernetes.default_service_account_binding

import rego.v1

deny contains result if {
	input.kind in {"ClusterRoleBinding", "RoleBinding"}
	some index
	subject := input.subjects[index]
	subject.kind == "ServiceAccount"
	subject.name == "default"
	result := {
		"msg": sprintf("%s grants %v to the default service account", [
			data.lib.kubernetes.name,
			object.get(input, ["roleRef", "name"], "a role"),
		]),
		"path": ["subjects", index, "name"],
	}
}
