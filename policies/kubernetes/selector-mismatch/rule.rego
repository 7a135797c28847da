# METADATA
# scope: package
# title: Selector that does not match its template
# description: The API server refuses a workload whose selector does not select the pods it makes.
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
# custom:
#   id: kubernetes/selector-mismatch
#   severity: medium
#   remediation: Give the template the labels that the selector asks for.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - kube-linter:mismatching-selector
package kubernetes.selector_mismatch

import rego.v1

deny contains result if {
	data.lib.kubernetes.group == "apps"
	input.kind in {"Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"}
	labels := object.get(input, ["spec", "template", "metadata", "labels"], {})
	is_object(labels)
	some key
	value := input.spec.selector.matchLabels[key]
	not labels[key] == value
	result := {
		"msg": sprintf("%s selects pods with %s=%v and makes pods without it", [data.lib.kubernetes.name, key, value]),
		"path": ["spec", "selector", "matchLabels", key],
	}
}
