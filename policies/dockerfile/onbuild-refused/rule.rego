# METADATA
# scope: package
# title: ONBUILD that the next build refuses
# description: "FROM, MAINTAINER and ONBUILD itself cannot be put off: whoever builds on this image gets an error."
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#onbuild
# custom:
#   id: dockerfile/onbuild-refused
#   severity: medium
#   remediation: Take the instruction out.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - hadolint:DL3043
package dockerfile.onbuild_refused

import rego.v1

deny contains result if {
	some index, entry in input
	entry.Cmd == "onbuild"
	lower(entry.SubCmd) in {"from", "maintainer", "onbuild"}
	result := {
		"msg": sprintf("%s cannot be put off to another build", [upper(entry.SubCmd)]),
		"path": [index],
	}
}
