# METADATA
# scope: package
# title: Image without a digest
# description: "A tag can be moved: only a digest says which image runs."
# related_resources:
#   - https://docs.docker.com/reference/compose-file/services/#image
# custom:
#   id: compose/image-digest
#   severity: low
#   remediation: Add the digest behind the tag.
#   profiles:
#     - strict
package compose.image_digest

import rego.v1

# What has no version at all is the rule latest-tag.
deny contains result if {
	some service in data.lib.compose.services
	not service.spec.build
	image := data.lib.compose.interpolated(service.spec.image)
	image != ""
	not data.lib.images.has_digest(image)
	not data.lib.images.moving(image)
	result := {
		"msg": sprintf("%s: image `%s` has no digest", [service.subject, image]),
		"path": array.concat(service.path, ["image"]),
	}
}
