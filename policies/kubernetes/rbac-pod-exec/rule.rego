# METADATA
# scope: package
# title: Role that enters pods
# description: Exec, attach and port-forward give a shell or a way into every pod in reach, with the secrets it holds.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: kubernetes/rbac-pod-exec
#   severity: medium
#   remediation: Keep these rights for people, for the time they need them.
#   profiles:
#     - recommended
#     - strict
#     - nsa-cisa
#   controls:
#     - nsa-cisa-1.2/rbac
#   equivalents:
#     - trivy:KSV-0053
#     - trivy:KSV-0054
package kubernetes.rbac_pod_exec

import rego.v1

deny contains result if {
	input.kind in {"Role", "ClusterRole"}
	some index, position
	entry := input.rules[index]
	"" in entry.apiGroups
	resource := entry.resources[position]
	resource in {"pods/exec", "pods/attach", "pods/portforward", "pods/ephemeralcontainers"}
	verb := entry.verbs[_]
	verb in {"create", "get", "update", "patch", "*"}
	not is_look(resource, entry.verbs)
	result := {
		"msg": sprintf("%s may use %s", [data.lib.kubernetes.name, resource]),
		"path": ["rules", index, "resources", position],
	}
}

# Reading the list of ephemeral containers lets nobody in.
is_look("pods/ephemeralcontainers", verbs) if {
	every verb in verbs {
		verb == "get"
	}
}
