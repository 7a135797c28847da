# METADATA
# scope: package
# title: Image without a version
# description: "An image without a tag, or with the tag latest, is another one tomorrow: what was tested is not what runs, and there is no way back."
# related_resources:
#   - https://kubernetes.io/docs/concepts/containers/images/
# custom:
#   id: kubernetes/latest-tag
#   severity: medium
#   remediation: Name a version, better a digest.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - trivy:KSV-0013
#     - checkov:CKV_K8S_14
#     - kube-linter:latest-tag
package kubernetes.latest_tag

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	image := container.spec.image
	is_string(image)
	image != ""
	fault := data.lib.images.moving(image)
	result := {
		"msg": sprintf("%s: image `%s` %s", [container.subject, image, fault]),
		"path": array.concat(container.path, ["image"]),
	}
}

deny contains result if {
	some pod in data.lib.kubernetes.pods
	some index
	volume := pod.spec.volumes[index]
	reference := volume.image.reference
	is_string(reference)
	reference != ""
	fault := data.lib.images.moving(reference)
	result := {
		"msg": sprintf("volume `%v` of %s: image `%s` %s", [
			object.get(volume, "name", index),
			data.lib.kubernetes.name,
			reference,
			fault,
		]),
		"path": array.concat(pod.path, ["volumes", index, "image", "reference"]),
	}
}
