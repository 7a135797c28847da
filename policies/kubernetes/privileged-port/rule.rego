# METADATA
# scope: package
# title: Port below 1024
# description: A process needs root or an extra capability to listen there, which a port of its own choice would spare it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/
# custom:
#   id: kubernetes/privileged-port
#   severity: low
#   remediation: "Listen on a port from 1024 up and let the Service map it: `port: 80`, `targetPort: 8080`."
#   profiles:
#     - strict
#   equivalents:
#     - trivy:KSV-0117
#     - kube-linter:privileged-ports
package kubernetes.privileged_port

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	not data.lib.kubernetes.lands_on_windows(container.pod)
	not opens_low_ports(container.pod)
	some index
	port := container.spec.ports[index].containerPort
	is_number(port)
	port > 0
	port < 1024
	result := {
		"msg": sprintf("%s listens on port %v", [container.subject, port]),
		"path": array.concat(container.path, ["ports", index, "containerPort"]),
	}
}

# With this sysctl every user may listen there.
opens_low_ports(pod) if {
	sysctl := pod.spec.securityContext.sysctls[_]
	sysctl.name == "net.ipv4.ip_unprivileged_port_start"
}
