# METADATA
# scope: package
# title: Runs of a job that may overlap
# description: When a run takes longer than the time to the next, both work on the same data, and a slow day piles up pods.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy
# custom:
#   id: kubernetes/cron-job-concurrency
#   severity: low
#   remediation: "Set `concurrencyPolicy: Forbid`, or Replace where only the newest run matters."
#   profiles:
#     - strict
package kubernetes.cron_job_concurrency

import rego.v1

deny contains result if {
	input.kind == "CronJob"
	data.lib.kubernetes.group == "batch"
	is_object(input.spec)
	object.get(input.spec, "concurrencyPolicy", "Allow") in {"Allow", "", null}
	result := {
		"msg": sprintf("%s starts a run while another still works", [data.lib.kubernetes.name]),
		"path": ["spec", "concurrencyPolicy"],
	}
}
