# METADATA
# scope: package
# title: Program that runs as its owner
# description: "The bit gives every user who runs the program the rights of its owner, root mostly: the way from a small hole to a large one."
# related_resources:
#   - https://man7.org/linux/man-pages/man2/chmod.2.html
# custom:
#   id: image/setuid-file
#   kind: image
#   severity: medium
#   remediation: Take the bit off with `chmod a-s` in the layer that brings the program, or give it the one capability it needs.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.8
#   equivalents:
#     - dockle:CIS-DI-0008
package image.setuid_file

import rego.v1

# What the base image brings is for its makers to mend. Where it ends is often not known; its lowest layer it has for sure.
deny contains result if {
	file := input.special_files[index]
	data.lib.image.is_own(file)
	result := {
		"msg": sprintf("`%v` (%v) runs with the rights of its %v, whoever starts it", [file.path, file.mode, whose(file)]),
		"path": ["special_files", index, "path"],
	}
}

deny contains result if {
	is_number(input.cut.special_files)
	input.cut.special_files > 0
	result := {
		"msg": sprintf("%d more programs than are listed run with the rights of their owners", [input.cut.special_files]),
		"path": ["cut", "special_files"],
	}
}

whose(file) := "owner" if {
	file.setuid == true
} else := "group"
