# METADATA
# scope: package
# title: Pods that are killed at once
# description: "Without a grace period the process gets no signal and no time: requests break off and what was not written is lost."
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
# custom:
#   id: kubernetes/no-grace-period
#   severity: medium
#   remediation: Give the pod the seconds it needs to finish; the default is 30.
#   profiles:
#     - recommended
#     - strict
package kubernetes.no_grace_period

import rego.v1

deny contains result if {
	some pod in data.lib.kubernetes.pods
	pod.spec.terminationGracePeriodSeconds == 0
	result := {
		"msg": sprintf("%s gives its pods no time to end", [data.lib.kubernetes.name]),
		"path": array.concat(pod.path, ["terminationGracePeriodSeconds"]),
	}
}

# The API server takes it in no probe but a liveness or startup probe.
deny contains result if {
	some container in data.lib.kubernetes.containers
	some field in ["livenessProbe", "startupProbe"]
	container.spec[field].terminationGracePeriodSeconds == 0
	result := {
		"msg": sprintf("%s: %s kills it without time to end", [container.subject, field]),
		"path": array.concat(container.path, [field, "terminationGracePeriodSeconds"]),
	}
}
