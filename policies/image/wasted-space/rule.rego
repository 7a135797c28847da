# METADATA
# scope: package
# title: Files overwritten or deleted later
# description: What a later layer overwrites or deletes is stored and fetched all the same, and whoever has the image can still read it.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#minimize-the-number-of-layers
# custom:
#   id: image/wasted-space
#   kind: image
#   severity: low
#   remediation: Delete files in the RUN that makes them, or copy only what is needed into a last stage.
#   profiles:
#     - recommended
#     - strict
package image.wasted_space

import rego.v1

deny contains result if {
	is_number(hidden_bytes)
	hidden_bytes > limit
	result := {
		"msg": sprintf("%v of %v are overwritten or deleted by later layers%v", [data.lib.image.size(hidden_bytes), data.lib.image.size(input.efficiency.total_bytes), most]),
		"path": place,
	}
}

# Documents made before caches and second copies were counted name what is hidden so.
hidden_bytes := input.efficiency.hidden_bytes if {
	is_number(input.efficiency.hidden_bytes)
} else := input.efficiency.reclaimable_bytes

most := sprintf(", the most for `%v` of layer %v", [first.path, first.layer]) if {
	first := input.efficiency.waste[hidden[0]]
} else := ""

place := ["efficiency", "waste", hidden[0], "path"] if {
	count(hidden) > 0
} else := ["efficiency", "hidden_bytes"]

# Largest first, as the list is.
hidden := [index |
	waste := input.efficiency.waste[index]
	waste.cause != "cache"
	not waste.same_as
]

# In bytes: `parameters.wasted_bytes`.
limit := bytes if {
	bytes := data.parameters.wasted_bytes
	is_number(bytes)
} else := 50000000
