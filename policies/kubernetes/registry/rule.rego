# METADATA
# scope: package
# title: Image of a registry that is not trusted
# description: Only what is in the team's own registries was scanned and approved; an image from elsewhere was not.
# related_resources:
#   - https://kubernetes.io/docs/concepts/containers/images/
# custom:
#   id: kubernetes/registry
#   severity: high
#   remediation: Copy the image into a trusted registry, or add the registry to the list.
#   parameters:
#     - registries
#   profiles:
#     - recommended
#     - strict
#     - nsa-cisa
#   controls:
#     - nsa-cisa-1.2/secure-images
#   equivalents:
#     - trivy:KSV-0125
package kubernetes.registry

import rego.v1

# The list is in the data: `parameters.registries: [registry.example.org, docker.io/library]`; nothing is asked without it.
deny contains result if {
	some container in data.lib.kubernetes.containers
	image := container.spec.image
	is_string(image)
	image != ""
	data.lib.images.is_foreign(image)
	result := {
		"msg": sprintf("%s runs `%s`, which is of no trusted registry", [container.subject, image]),
		"path": array.concat(container.path, ["image"]),
	}
}
