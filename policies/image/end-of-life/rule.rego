# METADATA
# scope: package
# title: Operating system past its end of life
# description: Nobody mends what is found in a release after its end of life, and advisories no longer speak of it.
# related_resources:
#   - https://endoflife.date/
# custom:
#   id: image/end-of-life
#   kind: image
#   severity: high
#   remediation: Build on a release that still gets security fixes.
#   profiles:
#     - recommended
#     - strict
package image.end_of_life

import rego.v1

deny contains result if {
	input.os.end_of_life.state == "ended"
	result := {
		"msg": sprintf("%v is past its end of life%v", [name, since]),
		"path": ["os", "end_of_life", "state"],
	}
}

deny contains result if {
	input.os.end_of_life.state == "extended"
	result := {
		"msg": sprintf("%v is past its end of life%v; only extended support still runs", [name, since]),
		"severity": "medium",
		"path": ["os", "end_of_life", "state"],
	}
}

# What the data says nothing of is not supported for all we know.
deny contains result if {
	input.os.end_of_life.state == "unknown"
	result := {
		"msg": sprintf("whether %v still gets security fixes is not known: the advisory data has no dates for it", [name]),
		"status": "unknown",
		"severity": "low",
		"path": ["os", "end_of_life", "state"],
	}
}

name := sprintf("%v %v", [input.os.id, input.os.version]) if {
	is_string(input.os.version)
} else := sprintf("%v", [input.os.id])

since := sprintf(" since %v", [input.os.end_of_life.date]) if {
	is_string(input.os.end_of_life.date)
} else := ""
