# METADATA
# scope: package
# title: cluster-admin handed out
# description: The role cluster-admin allows everything in the cluster, or in the namespace when a RoleBinding gives it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: kubernetes/cluster-admin-binding
#   severity: high
#   remediation: Bind a role with the rights that are needed.
#   profiles:
#     - recommended
#     - strict
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - cis-kubernetes-1.8/5.1.1
#     - nsa-cisa-1.2/rbac
#   equivalents:
#     - trivy:KSV-0111
#     - kube-linter:cluster-admin-role-binding
package kubernetes.cluster_admin_binding

import rego.v1

deny contains result if {
	input.kind in {"ClusterRoleBinding", "RoleBinding"}
	input.roleRef.kind == "ClusterRole"
	input.roleRef.name == "cluster-admin"

	# The binding that every cluster comes with.
	not object.get(input, ["metadata", "labels", "kubernetes.io/bootstrapping"], "") == "rbac-defaults"
	result := {
		"msg": sprintf("%s grants cluster-admin to %s", [data.lib.kubernetes.name, holders]),
		"path": ["roleRef", "name"],
	}
}

holders := concat(", ", holder_list) if {
	count(holder_list) > 0
} else := "nobody yet"

holder_list := [text |
	subject := input.subjects[_]
	is_object(subject)
	text := sprintf("%v `%v`", [object.get(subject, "kind", "subject"), object.get(subject, "name", "without name")])
]
