# METADATA
# scope: package
# title: Update that waits for hands
# description: "With `OnDelete` a new version reaches a pod only when somebody deletes it: fixes stay out for as long as nobody does."
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies
# custom:
#   id: kubernetes/update-on-delete
#   severity: low
#   remediation: Use RollingUpdate, with a partition where it must go slowly.
#   profiles:
#     - strict
package kubernetes.update_on_delete

import rego.v1

deny contains result if {
	input.kind in {"StatefulSet", "DaemonSet"}
	data.lib.kubernetes.group == "apps"
	input.spec.updateStrategy.type == "OnDelete"
	result := {
		"msg": sprintf("%s updates a pod only when somebody deletes it", [data.lib.kubernetes.name]),
		"path": ["spec", "updateStrategy", "type"],
	}
}
