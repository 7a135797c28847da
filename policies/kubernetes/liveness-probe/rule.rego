# METADATA
# scope: package
# title: No liveness probe
# description: Without a liveness probe a container that hangs stays as it is until somebody notices.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
# custom:
#   id: kubernetes/liveness-probe
#   severity: low
#   remediation: Add a `livenessProbe` where a restart is the cure, with limits wide enough that load does not trigger it.
#   profiles:
#     - strict
#   equivalents:
#     - checkov:CKV_K8S_8
#     - kube-linter:no-liveness-probe
package kubernetes.liveness_probe

import rego.v1

# Pods that end by themselves, and what serves nobody, need no probe.
deny contains result if {
	some container in data.lib.kubernetes.containers
	container.list == "containers"
	not is_object(object.get(container.spec, "livenessProbe", null))
	is_service(container.pod)
	result := {
		"msg": sprintf("%s has no liveness probe", [container.subject]),
		"path": container.path,
	}
}

is_service(pod) if {
	not data.lib.kubernetes.runs_to_completion
	restarts := object.get(pod.spec, "restartPolicy", "Always")
	not restarts in {"Never", "OnFailure"}
}
