# METADATA
# scope: package
# title: Image without a digest
# description: "A tag can be moved: only a digest says which image runs."
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idcontainerimage
# custom:
#   id: github-actions/image-digest
#   severity: low
#   remediation: Add the digest behind the tag.
#   profiles:
#     - strict
#   equivalents:
#     - zizmor:unpinned-images
package github_actions.image_digest

import rego.v1

# What has no version at all is the rule latest-tag.
deny contains result if {
	some image in data.lib.github.images
	not contains(image.text, "${{")
	image.text != ""
	not data.lib.images.has_digest(image.text)
	not data.lib.images.moving(image.text)
	result := {
		"msg": sprintf("%s image `%s`, which has no digest", [image.subject, image.text]),
		"path": image.path,
	}
}
