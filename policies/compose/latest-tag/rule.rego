# METADATA
# scope: package
# title: Image without a version
# description: "An image without a tag, or with the tag latest, is another one tomorrow: what was tested is not what runs, and there is no way back."
# related_resources:
#   - https://docs.docker.com/reference/compose-file/services/#image
# custom:
#   id: compose/latest-tag
#   severity: medium
#   remediation: Name a version, better a digest.
#   profiles:
#     - recommended
#     - strict
package compose.latest_tag

import rego.v1

# With `build` the name is what the result is called.
deny contains result if {
	some service in data.lib.compose.services
	not service.spec.build
	image := data.lib.compose.interpolated(service.spec.image)
	image != ""
	fault := data.lib.images.moving(image)
	result := {
		"msg": sprintf("%s: image `%s` %s", [service.subject, image, fault]),
		"path": array.concat(service.path, ["image"]),
	}
}

deny contains result if {
	some service in data.lib.compose.services
	some index
	volume := service.spec.volumes[index]
	volume.type == "image"
	image := data.lib.compose.interpolated(volume.source)
	fault := data.lib.images.moving(image)
	result := {
		"msg": sprintf("%s mounts image `%s`, which %s", [service.subject, image, fault]),
		"path": array.concat(service.path, ["volumes", index, "source"]),
	}
}
