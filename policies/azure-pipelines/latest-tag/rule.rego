# METADATA
# scope: package
# title: Image without a version
# description: "An image without a tag, or with the tag latest, is another one at the next run: runs cannot be repeated, and changes come in unseen."
# related_resources:
#   - https://learn.microsoft.com/en-us/azure/devops/pipelines/process/container-phases
# custom:
#   id: azure-pipelines/latest-tag
#   severity: medium
#   remediation: Name a version, better a digest.
#   profiles:
#     - recommended
#     - strict
package azure_pipelines.latest_tag

import rego.v1

deny contains result if {
	some image in data.lib.azure.images
	not regex.match(`[$][({\[]`, image.text)
	image.text != ""
	fault := data.lib.images.moving(image.text)
	result := {
		"msg": sprintf("%s image `%s`, which %s", [image.subject, image.text, fault]),
		"path": image.path,
	}
}
