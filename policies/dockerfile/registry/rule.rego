# METADATA
# scope: package
# title: Base image of a registry that is not trusted
# description: Only what is in the team's own registries was scanned and approved; an image from elsewhere was not.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: dockerfile/registry
#   severity: high
#   remediation: Copy the image into a trusted registry, or add the registry to the list.
#   parameters:
#     - registries
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.2
#   equivalents:
#     - hadolint:DL3026
package dockerfile.registry

import rego.v1

# The list is in the data: `parameters.registries: [registry.example.org, docker.io/library]`; nothing is asked without it.
deny contains result if {
	some image in data.lib.dockerfile.external_images
	data.lib.images.is_foreign(image.reference)
	result := {
		"msg": sprintf("`%s` is of no trusted registry", [image.reference]),
		"path": image.path,
	}
}
