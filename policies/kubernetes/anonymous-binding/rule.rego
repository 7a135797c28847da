# METADATA
# scope: package
# title: Rights for everyone
# description: A binding to anonymous users or to everyone who has any account gives its rights to whoever can reach the API; system:masters cannot even be taken away again.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: kubernetes/anonymous-binding
#   severity: critical
#   remediation: Bind the role to the accounts that need it.
#   profiles:
#     - recommended
#     - strict
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - cis-kubernetes-1.8/5.1.7
#     - nsa-cisa-1.2/rbac
#   equivalents:
#     - trivy:KSV-0122
#     - trivy:KSV-0123
package kubernetes.anonymous_binding

import rego.v1

everyone := {"system:anonymous", "system:unauthenticated", "system:authenticated", "system:masters", "system:serviceaccounts"}

deny contains result if {
	input.kind in {"ClusterRoleBinding", "RoleBinding"}
	not is_default
	some index
	subject := input.subjects[index]
	subject.kind in {"User", "Group"}
	subject.name in everyone
	result := {
		"msg": sprintf("%s grants %v to `%s`", [data.lib.kubernetes.name, object.get(input, ["roleRef", "name"], "a role"), subject.name]),
		"path": ["subjects", index, "name"],
		"severity": severity(subject.name),
	}
}

severity(name) := "high" if {
	name in {"system:authenticated", "system:serviceaccounts"}
} else := "critical"

# Roles that every cluster gives to all.
is_default if input.roleRef.name in {"system:public-info-viewer", "system:discovery", "system:basic-user"}

is_default if {
	input.metadata.labels["kubernetes.io/bootstrapping"] == "rbac-defaults"
}
