# METADATA
# scope: package
# title: Job that is suspended
# description: Nothing runs until somebody takes the switch back, and a manifest that says so keeps it off with every release.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-suspension
# custom:
#   id: kubernetes/suspended
#   severity: low
#   remediation: Remove `suspend`, or the job.
#   profiles:
#     - strict
package kubernetes.suspended

import rego.v1

deny contains result if {
	input.kind in {"CronJob", "Job"}
	data.lib.kubernetes.group == "batch"
	input.spec.suspend == true
	# Queues release what they hold.
	not input.metadata.labels["kueue.x-k8s.io/queue-name"]
	result := {
		"msg": sprintf("%s is suspended", [data.lib.kubernetes.name]),
		"path": ["spec", "suspend"],
	}
}
