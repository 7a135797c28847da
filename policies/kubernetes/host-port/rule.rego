# METADATA
# scope: package
# title: Port of the node bound
# description: A host port makes the container reachable at the address of its node, past Services and most network policies, and keeps a second pod off the node.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: kubernetes/host-port
#   severity: medium
#   remediation: Remove `hostPort` and expose the port through a Service.
#   profiles:
#     - recommended
#     - strict
#     - pss-baseline
#     - pss-restricted
#     - cis-kubernetes
#   controls:
#     - pss-baseline/host-ports
#     - cis-kubernetes-1.8/5.2.13
#   equivalents:
#     - trivy:KSV-0024
#     - checkov:CKV_K8S_26
package kubernetes.host_port

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	some index
	port := container.spec.ports[index]
	port.hostPort != 0
	port.hostPort != null
	result := {
		"msg": sprintf("%s binds port %v of its node", [container.subject, port.hostPort]),
		"path": array.concat(container.path, ["ports", index, "hostPort"]),
	}
}
