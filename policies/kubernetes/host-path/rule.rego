# METADATA
# scope: package
# title: Folder of the node mounted
# description: A hostPath volume lets the pod read, and mostly write, the files of its node, which belong to no one pod and outlive it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
# custom:
#   id: kubernetes/host-path
#   severity: high
#   remediation: "Use a volume of the cluster: emptyDir, configMap, a persistent volume claim; a local persistent volume where the disk matters."
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
#     - trivy:KSV-0023
#     - kube-linter:sensitive-host-mounts
package kubernetes.host_path

import rego.v1

# Sockets of container runtimes are a rule of their own: container-runtime-socket.
deny contains result if {
	some pod in data.lib.kubernetes.pods
	some index
	volume := pod.spec.volumes[index]
	source := volume.hostPath
	not data.lib.kubernetes.is_runtime_socket(source)
	result := {
		"msg": sprintf("%s mounts `%v` of its node as volume `%v`", [
			data.lib.kubernetes.name,
			source.path,
			object.get(volume, "name", index),
		]),
		"path": array.concat(pod.path, ["volumes", index, "hostPath", "path"]),
	}
}

# A persistent volume that is a folder of one node.
deny contains result if {
	input.kind == "PersistentVolume"
	source := input.spec.hostPath
	result := {
		"msg": sprintf("%s is the folder `%v` of a node", [data.lib.kubernetes.name, source.path]),
		"path": ["spec", "hostPath", "path"],
	}
}
