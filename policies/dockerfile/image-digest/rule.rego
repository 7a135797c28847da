# METADATA
# scope: package
# title: Base image not pinned by digest
# description: A tag can be moved to other contents; a digest cannot.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
# custom:
#   id: dockerfile/image-digest
#   severity: low
#   remediation: Add the digest to the reference, as in `name:1.2@sha256:…`, and let a bot update it.
#   profiles:
#     - strict
package dockerfile.image_digest

import rego.v1

# What has no version at all is the rule latest-tag.
deny contains result if {
	some image in data.lib.dockerfile.external_images
	not data.lib.images.has_digest(image.reference)
	not data.lib.images.moving(image.reference)
	result := {
		"msg": sprintf("image `%s` has no digest", [image.reference]),
		"path": image.path,
	}
}
