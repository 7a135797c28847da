# METADATA
# scope: package
# title: Image without a version
# description: "An image without a tag, or with the tag latest, is another one in the next pipeline: pipelines cannot be repeated, and changes come in unseen."
# related_resources:
#   - https://docs.gitlab.com/ci/docker/using_docker_images/
# custom:
#   id: gitlab-ci/latest-tag
#   severity: medium
#   remediation: Name a version, better a digest.
#   profiles:
#     - recommended
#     - strict
package gitlab_ci.latest_tag

import rego.v1

deny contains result if {
	some image in data.lib.gitlab.images
	not contains(image.text, "$")
	image.text != ""
	fault := data.lib.images.moving(image.text)
	result := {
		"msg": sprintf("%s image `%s`, which %s", [image.subject, image.text, fault]),
		"path": image.path,
	}
}
