# METADATA
# scope: package
# title: Socket of the container runtime mounted
# description: Who can write to the socket of the container runtime can start a privileged container on the node, and so owns it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - https://docs.docker.com/engine/security/#docker-daemon-attack-surface
# custom:
#   id: kubernetes/container-runtime-socket
#   severity: critical
#   remediation: Remove the mount; build images with a builder that needs no daemon, read metrics from the kubelet.
#   profiles:
#     - recommended
#     - strict
#     - pss-baseline
#     - pss-restricted
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - pss-baseline/host-path-volumes
#     - cis-kubernetes-1.8/5.2.12
#     - nsa-cisa-1.2/pod-security
#   equivalents:
#     - trivy:KSV-0006
#     - checkov:CKV_K8S_27
#     - kube-linter:docker-sock
package kubernetes.container_runtime_socket

import rego.v1

deny contains result if {
	some pod in data.lib.kubernetes.pods
	some index
	volume := pod.spec.volumes[index]
	data.lib.kubernetes.is_runtime_socket(volume.hostPath)
	result := {
		"msg": sprintf("%s mounts the runtime's socket `%s` as volume `%v`", [
			data.lib.kubernetes.name,
			volume.hostPath.path,
			object.get(volume, "name", index),
		]),
		"path": array.concat(pod.path, ["volumes", index, "hostPath", "path"]),
	}
}
