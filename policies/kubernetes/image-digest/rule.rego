# METADATA
# scope: package
# title: Image not pinned by digest
# description: A tag can be moved to other contents; a digest cannot.
# related_resources:
#   - https://kubernetes.io/docs/concepts/containers/images/#image-names
# custom:
#   id: kubernetes/image-digest
#   severity: low
#   remediation: Add the digest to the reference, as in `name:1.2@sha256:…`, and let a bot update it.
#   profiles:
#     - strict
#   equivalents:
#     - checkov:CKV_K8S_43
package kubernetes.image_digest

import rego.v1

# What has no version at all is the rule latest-tag.
deny contains result if {
	some container in data.lib.kubernetes.containers
	image := container.spec.image
	is_string(image)
	image != ""
	not data.lib.images.has_digest(image)
	not data.lib.images.moving(image)
	result := {
		"msg": sprintf("%s: image `%s` has no digest", [container.subject, image]),
		"path": array.concat(container.path, ["image"]),
	}
}
