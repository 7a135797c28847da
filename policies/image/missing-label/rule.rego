# METADATA
# scope: package
# title: Label that must be there is missing
# description: Who made an image, and from what, is asked when it is found in a registry or a cluster and nobody knows it.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/annotations.md
# custom:
#   id: image/missing-label
#   kind: image
#   severity: low
#   remediation: Add the labels, most builders can fill them in.
#   profiles:
#     - strict
package image.missing_label

import rego.v1

# Which ones is in the data, `parameters.labels`; else those that lead back to the source.
deny contains result if {
	is_object(input.config.labels)
	missing := [name | name := wanted[_]; is_string(name); object.get(input.config.labels, name, "") == ""]
	count(missing) > 0
	result := {
		"msg": sprintf("the image has no label %v", [concat(", ", [sprintf("`%v`", [name]) | name := missing[_]])]),
		"path": ["config", "labels"],
	}
}

wanted := labels if {
	labels := data.parameters.labels
	is_array(labels)
} else := ["org.opencontainers.image.source", "org.opencontainers.image.revision"]
