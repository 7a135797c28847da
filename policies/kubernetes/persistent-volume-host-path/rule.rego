# METADATA
# scope: package
# title: Persistent volume on a folder of the node
# description: "The claim hides the hostPath from every rule on pods: whoever binds it reads and writes the node."
# related_resources:
#   - https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
# custom:
#   id: kubernetes/persistent-volume-host-path
#   severity: medium
#   remediation: Use a local volume with node affinity, or a storage class of the cluster.
#   objects:
#     - PersistentVolume
#   profiles:
#     - recommended
#     - strict
#     - nsa-cisa
#   controls:
#     - nsa-cisa-1.2/pod-security
package kubernetes.persistent_volume_host_path

import rego.v1

deny contains result if {
	input.kind == "PersistentVolume"
	data.lib.kubernetes.group == ""
	path := input.spec.hostPath.path
	result := {
		"msg": sprintf("%s is the folder `%v` of a node", [data.lib.kubernetes.name, path]),
		"path": ["spec", "hostPath", "path"],
	}
}
