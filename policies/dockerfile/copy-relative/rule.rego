# METADATA
# scope: package
# title: Copy to a folder nobody named
# description: Without a WORKDIR a relative target depends on the base image, where it may move with any release.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#workdir
# custom:
#   id: dockerfile/copy-relative
#   severity: low
#   remediation: Set WORKDIR, or copy to an absolute path.
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL3045
package dockerfile.copy_relative

import rego.v1

deny contains result if {
	some instruction in data.lib.dockerfile.own_instructions
	instruction.cmd in {"copy", "add"}
	count(instruction.values) > 1
	target := data.lib.dockerfile.unquoted(instruction.values[count(instruction.values) - 1])
	not regex.match(`^([/\\$%]|[A-Za-z]:)`, target)
	not has_workdir(instruction)
	result := {
		"msg": sprintf("`%s` is below a folder that only the base image knows", [target]),
		"path": [instruction.index],
	}
}

has_workdir(instruction) if {
	some earlier in data.lib.dockerfile.own_instructions
	earlier.cmd == "workdir"
	earlier.index < instruction.index
	earlier.stage in data.lib.dockerfile.lineage(instruction.stage)
}

# Nothing is in it: everything starts from the root.
has_workdir(instruction) if data.lib.dockerfile.root_image(instruction.stage) == "scratch"
