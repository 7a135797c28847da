# METADATA
# scope: package
# title: Port of SSH in a pod
# description: A shell server in a container is a second way in beside kubectl, with keys and a log of its own that nobody looks after.
# related_resources:
#   - https://kubernetes.io/docs/tasks/debug/debug-application/get-shell-running-container/
# custom:
#   id: kubernetes/ssh-port
#   severity: medium
#   remediation: Use kubectl exec or an ephemeral container, and leave the server out of the image.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - kube-linter:ssh-port
package kubernetes.ssh_port

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	some index
	port := container.spec.ports[index]
	is_object(port)
	port.containerPort == 22
	object.get(port, "protocol", "TCP") == "TCP"
	result := {
		"msg": sprintf("%s listens on port 22", [container.subject]),
		"path": array.concat(container.path, ["ports", index, "containerPort"]),
	}
}
