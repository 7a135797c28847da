# METADATA
# scope: package
# title: Time zone in the schedule
# description: "`TZ=` inside of the schedule was never supported and is refused; the field `timeZone` is."
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#time-zones
# custom:
#   id: kubernetes/cron-job-time-zone
#   severity: medium
#   remediation: Move the zone to `timeZone`.
#   profiles:
#     - recommended
#     - strict
package kubernetes.cron_job_time_zone

import rego.v1

deny contains result if {
	input.kind == "CronJob"
	data.lib.kubernetes.group == "batch"
	schedule := input.spec.schedule
	is_string(schedule)
	regex.match(`^[ \t]*(CRON_)?TZ=`, schedule)
	result := {
		"msg": sprintf("%s has its time zone in the schedule", [data.lib.kubernetes.name]),
		"path": ["spec", "schedule"],
	}
}
