# METADATA
# scope: package
# title: Job that restarts for ever
# description: A job ends when its pods end; with `Always`, which is the default, they would not, and the API server refuses it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-template
# custom:
#   id: kubernetes/job-restart-policy
#   severity: medium
#   remediation: "Write `restartPolicy: Never` or `OnFailure` in the template."
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - kube-linter:restart-policy
package kubernetes.job_restart_policy

import rego.v1

deny contains result if {
	input.kind in {"Job", "CronJob"}
	data.lib.kubernetes.group == "batch"
	some pod in data.lib.kubernetes.pods
	not object.get(pod.spec, "restartPolicy", null) in {"Never", "OnFailure"}
	result := {
		"msg": sprintf("%s restarts its pods when they end", [data.lib.kubernetes.name]),
		"path": array.concat(pod.path, ["restartPolicy"]),
	}
}
