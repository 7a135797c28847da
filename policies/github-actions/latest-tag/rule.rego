# METADATA
# scope: package
# title: Image without a version
# description: "An image without a tag, or with the tag latest, is another one at the next run: runs cannot be repeated, and changes come in unseen."
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idcontainerimage
# custom:
#   id: github-actions/latest-tag
#   severity: medium
#   remediation: Name a version, better a digest.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - zizmor:unpinned-images
package github_actions.latest_tag

import rego.v1

deny contains result if {
	some image in data.lib.github.images
	not contains(image.text, "${{")
	image.text != ""
	fault := data.lib.images.moving(image.text)
	result := {
		"msg": sprintf("%s image `%s`, which %s", [image.subject, image.text, fault]),
		"path": image.path,
	}
}
