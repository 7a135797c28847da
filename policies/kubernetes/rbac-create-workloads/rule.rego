# METADATA
# scope: package
# title: Role that starts pods
# description: "Who may create pods in a namespace may use every Secret, volume and service account in it: the pod runs with them."
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: kubernetes/rbac-create-workloads
#   severity: low
#   remediation: Leave the creating of workloads to the pipeline and the controllers that need it.
#   profiles:
#     - strict
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - cis-kubernetes-1.8/5.1.4
#     - nsa-cisa-1.2/rbac
#   equivalents:
#     - trivy:KSV-0048
#     - kube-linter:access-to-create-pods
package kubernetes.rbac_create_workloads

import rego.v1

workloads := {
	"": {"pods", "replicationcontrollers", "podtemplates"},
	"apps": {"deployments", "daemonsets", "statefulsets", "replicasets"},
	"batch": {"jobs", "cronjobs"},
}

deny contains result if {
	input.kind in {"Role", "ClusterRole"}
	some index, position
	entry := input.rules[index]
	resource := entry.resources[position]
	group := entry.apiGroups[_]
	resource in workloads[group]
	starts(entry.verbs[_])
	result := {
		"msg": sprintf("%s may create %s", [data.lib.kubernetes.name, resource]),
		"path": ["rules", index, "resources", position],
	}
}

# A pod that is changed runs what the change says. A star is the business of rbac-wildcard.
starts(verb) if verb in {"create", "update", "patch"}
