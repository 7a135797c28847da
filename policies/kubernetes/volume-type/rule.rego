# METADATA
# scope: package
# title: Volume of a type outside the restricted set
# description: Volumes that name a file server or a disk themselves bypass the claims by which a cluster decides who gets which storage.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: kubernetes/volume-type
#   severity: low
#   remediation: Use a persistent volume claim.
#   profiles:
#     - strict
#     - pss-restricted
#   controls:
#     - pss-restricted/volume-types
#   equivalents:
#     - trivy:KSV-0028
package kubernetes.volume_type

import rego.v1

# hostPath has a rule of its own.
allowed := {
	"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "hostPath", "name",
	"persistentVolumeClaim", "projected", "secret",
}

deny contains result if {
	some pod in data.lib.kubernetes.pods
	some index, type
	volume := pod.spec.volumes[index]
	source := volume[type]
	not type in allowed
	source != null
	result := {
		"msg": sprintf("volume `%v` of %s is of type %s", [object.get(volume, "name", index), data.lib.kubernetes.name, type]),
		"path": array.concat(pod.path, ["volumes", index, type]),
	}
}
