# METADATA
# scope: package
# title: Platform written into FROM
# description: The image is built for one architecture whatever the build is asked for, and runs emulated, or not at all, on others.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#from
# custom:
#   id: dockerfile/fixed-platform
#   severity: low
#   remediation: Leave it to `docker build --platform`, or use $BUILDPLATFORM and $TARGETPLATFORM.
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL3029
package dockerfile.fixed_platform

import rego.v1

deny contains result if {
	some instruction in data.lib.dockerfile.own_instructions
	instruction.cmd == "from"
	some index, word in instruction.flags
	regex.match(`^--platform=["']?[^$"']+["']?$`, word)
	result := {
		"msg": sprintf("the stage is for %s alone", [data.lib.dockerfile.unquoted(trim_prefix(word, "--platform="))]),
		"path": [instruction.index, "Flags", index],
	}
}
