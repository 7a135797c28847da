# METADATA
# scope: package
# title: Finished job that stays
# description: Jobs and their pods stay after they end until somebody deletes them; thousands of them slow the API server down.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/
# custom:
#   id: kubernetes/job-cleanup
#   severity: low
#   remediation: Set ttlSecondsAfterFinished.
#   profiles:
#     - strict
#   equivalents:
#     - kube-linter:job-ttl-seconds-after-finished
package kubernetes.job_cleanup

import rego.v1

# A CronJob keeps as many as its limits say; Argo CD and Helm clean up after their hooks.
deny contains result if {
	input.kind == "Job"
	data.lib.kubernetes.group == "batch"
	is_object(input.spec)
	not is_number(object.get(input.spec, "ttlSecondsAfterFinished", null))
	not is_hook
	result := {
		"msg": sprintf("%s stays when it is done", [data.lib.kubernetes.name]),
		"path": ["spec"],
	}
}

is_hook if input.metadata.annotations["helm.sh/hook-delete-policy"]

is_hook if input.metadata.annotations["argocd.argoproj.io/hook-delete-policy"]
