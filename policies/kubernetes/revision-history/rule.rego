# METADATA
# scope: package
# title: No revision to go back to
# description: With a limit of 0 nothing is left of the last version, and `rollout undo` has nowhere to go.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#clean-up-policy
# custom:
#   id: kubernetes/revision-history
#   severity: low
#   remediation: Leave the default of 10, or keep at least 2.
#   profiles:
#     - recommended
#     - strict
package kubernetes.revision_history

import rego.v1

deny contains result if {
	input.kind in {"Deployment", "StatefulSet", "DaemonSet", "Rollout"}
	input.spec.revisionHistoryLimit == 0
	result := {
		"msg": sprintf("%s keeps no revision to go back to", [data.lib.kubernetes.name]),
		"path": ["spec", "revisionHistoryLimit"],
	}
}
