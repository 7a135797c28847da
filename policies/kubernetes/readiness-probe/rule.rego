# METADATA
# scope: package
# title: No readiness probe
# description: Without a readiness probe traffic reaches a container before it can answer, and a broken release replaces a good one.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
# custom:
#   id: kubernetes/readiness-probe
#   severity: low
#   remediation: Add a `readinessProbe` that fails while the container cannot serve.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - checkov:CKV_K8S_9
#     - kube-linter:no-readiness-probe
package kubernetes.readiness_probe

import rego.v1

# Pods that end by themselves, and what serves nobody, need no probe.
deny contains result if {
	some container in data.lib.kubernetes.containers
	container.list == "containers"
	not is_object(object.get(container.spec, "readinessProbe", null))
	is_service(container.pod)
	result := {
		"msg": sprintf("%s has no readiness probe", [container.subject]),
		"path": container.path,
	}
}

is_service(pod) if {
	not data.lib.kubernetes.runs_to_completion
	restarts := object.get(pod.spec, "restartPolicy", "Always")
	not restarts in {"Never", "OnFailure"}
}
