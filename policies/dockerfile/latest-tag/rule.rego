# METADATA
# scope: package
# title: Base image without a version
# description: "A base image without a tag, or with the tag latest, is another one at the next build: builds cannot be repeated, and changes come in unseen."
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#from
#   - https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
# custom:
#   id: dockerfile/latest-tag
#   severity: medium
#   remediation: Name a version, better a digest.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.2
#   equivalents:
#     - hadolint:DL3006
#     - hadolint:DL3007
#     - checkov:CKV_DOCKER_7
#     - trivy:DS-0001
package dockerfile.latest_tag

import rego.v1

deny contains result if {
	some image in data.lib.dockerfile.external_images
	fault := data.lib.images.moving(image.reference)
	result := {
		"msg": sprintf("image `%s` %s", [image.reference, fault]),
		"path": image.path,
	}
}
