# METADATA
# scope: package
# title: Instruction that a later one replaces
# description: Of CMD, ENTRYPOINT and HEALTHCHECK only the last of a stage counts; what stands before it misleads the reader.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/
# custom:
#   id: dockerfile/overridden-instruction
#   severity: low
#   remediation: Remove all but the last.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - hadolint:DL3012
#     - hadolint:DL4003
#     - hadolint:DL4004
#     - trivy:DS-0007
#     - trivy:DS-0016
#     - trivy:DS-0023
package dockerfile.overridden_instruction

import rego.v1

deny contains result if {
	some instruction in data.lib.dockerfile.own_instructions
	instruction.cmd in {"cmd", "entrypoint", "healthcheck"}
	some later in data.lib.dockerfile.own_instructions
	later.index > instruction.index
	later.cmd == instruction.cmd
	later.stage == instruction.stage
	result := {
		"msg": sprintf("a later %s of the same stage replaces this one", [upper(instruction.cmd)]),
		"path": [instruction.index],
	}
}
