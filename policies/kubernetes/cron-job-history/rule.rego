# METADATA
# scope: package
# title: Failed runs that leave no trace
# description: With a limit of 0 the pods of a failed run are deleted at once, and their logs with them.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#jobs-history-limits
# custom:
#   id: kubernetes/cron-job-history
#   severity: low
#   remediation: Keep at least one failed job; the default is 1.
#   profiles:
#     - recommended
#     - strict
package kubernetes.cron_job_history

import rego.v1

deny contains result if {
	input.kind == "CronJob"
	data.lib.kubernetes.group == "batch"
	input.spec.failedJobsHistoryLimit == 0
	result := {
		"msg": sprintf("%s keeps nothing of failed runs", [data.lib.kubernetes.name]),
		"path": ["spec", "failedJobsHistoryLimit"],
	}
}
