# METADATA
# scope: package
# title: Volume type that is gone
# description: "The plugin was taken out of Kubernetes: the pod stays waiting for its volume."
# related_resources:
#   - https://kubernetes.io/docs/concepts/storage/volumes/
# custom:
#   id: kubernetes/removed-volume
#   severity: medium
#   remediation: Move to the CSI driver of that storage.
#   profiles:
#     - recommended
#     - strict
package kubernetes.removed_volume

import rego.v1

# The minor version of Kubernetes 1 that has it no more.
removed := {
	"scaleIO": 22, "flocker": 25, "quobyte": 25, "storageos": 25, "glusterfs": 26, "rbd": 31, "cephfs": 31,
}

deny contains result if {
	some volume in array.concat(of_pods, persistent)
	some type, minor in removed
	is_object(volume.spec[type])
	data.lib.kubernetes.minor >= minor
	result := {
		"msg": sprintf("%s: the volume type %s was removed in Kubernetes 1.%v", [volume.subject, type, minor]),
		"path": array.concat(volume.place, [type]),
	}
}

persistent := [volume |
	input.kind == "PersistentVolume"
	is_object(input.spec)
	volume := {"spec": input.spec, "place": ["spec"], "subject": data.lib.kubernetes.name}
]

of_pods := [{"spec": volume.spec, "place": volume.path, "subject": volume.subject} | some volume in data.lib.kubernetes.volumes]
