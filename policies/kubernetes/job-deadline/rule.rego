# METADATA
# scope: package
# title: Job without an end
# description: A run that hangs holds its pod, its memory and, with concurrency forbidden, every later run for ever.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup
# custom:
#   id: kubernetes/job-deadline
#   severity: low
#   remediation: Set activeDeadlineSeconds on the job.
#   profiles:
#     - strict
package kubernetes.job_deadline

import rego.v1

specs contains {"value": input.spec, "place": ["spec"]} if input.kind == "Job"

specs contains {"value": input.spec.jobTemplate.spec, "place": ["spec", "jobTemplate", "spec"]} if input.kind == "CronJob"

deny contains result if {
	data.lib.kubernetes.group == "batch"
	some spec in specs
	is_object(spec.value)
	not is_number(object.get(spec.value, "activeDeadlineSeconds", null))
	not is_number(object.get(spec.value, ["template", "spec", "activeDeadlineSeconds"], null))
	result := {
		"msg": sprintf("%s may run for ever", [data.lib.kubernetes.name]),
		"path": spec.place,
	}
}
