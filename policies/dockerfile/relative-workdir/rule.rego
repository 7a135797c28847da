# METADATA
# scope: package
# title: WORKDIR that depends on the base image
# description: A relative WORKDIR starts where the base image left off, which another version of it may change.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/workdir-relative-path/
#   - https://docs.docker.com/reference/dockerfile/#workdir
# custom:
#   id: dockerfile/relative-workdir
#   severity: low
#   remediation: Begin with an absolute path.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - hadolint:DL3000
#     - checkov:CKV_DOCKER_10
#     - trivy:DS-0009
package dockerfile.relative_workdir

import rego.v1

# After an absolute one of the same stages a relative one is known.
deny contains result if {
	some instruction in data.lib.dockerfile.own_instructions
	instruction.cmd == "workdir"
	is_relative(instruction.values[0])
	not has_absolute_before(instruction)
	result := {
		"msg": sprintf("WORKDIR `%s` depends on the base image", [instruction.values[0]]),
		"path": [instruction.index],
	}
}

is_relative(path) if not regex.match(`^["']?([/\\$]|[A-Za-z]:)`, path)

has_absolute_before(instruction) if {
	some earlier in data.lib.dockerfile.own_instructions
	earlier.cmd == "workdir"
	earlier.index < instruction.index
	earlier.stage in data.lib.dockerfile.lineage(instruction.stage)
	not is_relative(earlier.values[0])
}
