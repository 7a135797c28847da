# METADATA
# scope: package
# title: Base image too old
# description: What an old base image holds has been mended in newer ones since, and is in the image all the same.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often
# custom:
#   id: image/old-base
#   kind: image
#   severity: low
#   remediation: Build again on the newest image of the base, with `--pull`.
#   profiles:
#     - recommended
#     - strict
package image.old_base

import rego.v1

# The base says when it was made; where it is not known, the lowest layer may still tell that it is no younger.
deny contains result if {
	is_number(input.base.age_days)
	input.base.age_days > limit
	result := {
		"msg": sprintf("the base image is %d days old, allowed are %d", [input.base.age_days, limit]),
		"path": ["base", "age_days"],
	}
}

deny contains result if {
	not is_number(input.base.age_days)
	is_array(input.layers)
	count(input.layers) > 1
	step := input.history[index]
	step.layer == 0
	is_number(step.age_days)
	step.age_days > limit
	result := {
		"msg": sprintf("the lowest layer is %d days old, allowed are %d", [step.age_days, limit]),
		"path": ["history", index, "age_days"],
	}
}

# In days: `parameters.base_age_days`.
limit := days if {
	days := data.parameters.base_age_days
	is_number(days)
} else := 365
