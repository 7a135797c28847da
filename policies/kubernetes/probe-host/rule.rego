# METADATA
# scope: package
# title: Probe or hook aimed at another host
# description: The kubelet sends probes and hooks from the network of the node; with `host` a pod makes it call addresses that the pod cannot reach itself.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: kubernetes/probe-host
#   severity: medium
#   remediation: Remove `host`; the default is the address of the pod.
#   profiles:
#     - recommended
#     - strict
#     - pss-baseline
#     - pss-restricted
#   controls:
#     - pss-baseline/host-probes-and-lifecycle-hooks
package kubernetes.probe_host

import rego.v1

handlers contains handler if {
	some container in data.lib.kubernetes.containers
	some field in ["livenessProbe", "readinessProbe", "startupProbe"]
	is_object(container.spec[field])
	handler := {"container": container, "path": [field], "value": container.spec[field], "word": field}
}

handlers contains handler if {
	some container in data.lib.kubernetes.containers
	some field in ["postStart", "preStop"]
	is_object(container.spec.lifecycle[field])
	value := container.spec.lifecycle[field]
	handler := {"container": container, "path": ["lifecycle", field], "value": value, "word": field}
}

deny contains result if {
	some handler in handlers
	some action in ["httpGet", "tcpSocket"]
	host := handler.value[action].host
	not host in {"", null}
	result := {
		"msg": sprintf("%s: %s calls `%v`", [handler.container.subject, handler.word, host]),
		"path": array.concat(handler.container.path, array.concat(handler.path, [action, "host"])),
	}
}
