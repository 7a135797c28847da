# METADATA
# scope: package
# title: Starting deadline that is never met
# description: "The controller looks every ten seconds: with less time to start, runs are missed; without any, a hundred missed runs stop the job for good."
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline
# custom:
#   id: kubernetes/cron-job-deadline
#   severity: medium
#   remediation: Give it more than 10 seconds, and less than the time between two runs.
#   profiles:
#     - recommended
#     - strict
package kubernetes.cron_job_deadline

import rego.v1

deny contains result if {
	input.kind == "CronJob"
	data.lib.kubernetes.group == "batch"
	seconds := input.spec.startingDeadlineSeconds
	is_number(seconds)
	seconds <= 10
	result := {
		"msg": sprintf("%s may start only within %v s", [data.lib.kubernetes.name, seconds]),
		"path": ["spec", "startingDeadlineSeconds"],
	}
}
