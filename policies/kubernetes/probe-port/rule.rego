# METADATA
# scope: package
# title: Probe of a port that has no such name
# description: A probe that names a port finds it only among the ports of its own container; this one never succeeds.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   id: kubernetes/probe-port
#   severity: medium
#   remediation: Give the port that name in `ports`, or write its number.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - kube-linter:liveness-port
#     - kube-linter:readiness-port
#     - kube-linter:startup-port
package kubernetes.probe_port

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	some field in ["livenessProbe", "readinessProbe", "startupProbe"]
	some action in ["httpGet", "tcpSocket"]
	port := container.spec[field][action].port
	is_string(port)
	# A number in quotes is a number.
	not regex.match(`^[0-9]+$`, port)
	not has_port(container, port)
	result := {
		"msg": sprintf("%s: %s asks port `%s`, which the container does not name", [container.subject, field, port]),
		"path": array.concat(container.path, [field, action, "port"]),
	}
}

has_port(container, name) if container.spec.ports[_].name == name
