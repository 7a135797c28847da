# METADATA
# scope: package
# title: Role that deletes events
# description: Events say what happened in a namespace; who may delete them takes traces away.
# related_resources:
#   - https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
# custom:
#   id: kubernetes/rbac-delete-events
#   severity: low
#   remediation: Grant create and patch on events, never delete.
#   profiles:
#     - strict
#     - nsa-cisa
#   controls:
#     - nsa-cisa-1.2/logging
#   equivalents:
#     - trivy:KSV-0042
package kubernetes.rbac_delete_events

import rego.v1

deny contains result if {
	input.kind in {"Role", "ClusterRole"}
	some index, position
	entry := input.rules[index]
	entry.apiGroups[_] in {"", "events.k8s.io"}
	"events" in entry.resources
	verb := entry.verbs[position]
	verb in {"delete", "deletecollection"}
	result := {
		"msg": sprintf("%s may %s events", [data.lib.kubernetes.name, verb]),
		"path": ["rules", index, "verbs", position],
	}
}
