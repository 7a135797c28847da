# METADATA
# scope: package
# title: Variable used where it is set
# description: "All of one ENV sees the values from before it: the variable is still empty, or the old one, on this line."
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#environment-replacement
# custom:
#   id: dockerfile/env-self-reference
#   severity: medium
#   remediation: Set it in an ENV of its own, ahead.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - hadolint:DL3044
package dockerfile.env_self_reference

import rego.v1

deny contains result if {
	some instruction in data.lib.dockerfile.own_instructions
	instruction.cmd == "env"
	some place, name in instruction.values
	place % 3 == 0
	some other, value in instruction.values
	other % 3 == 1
	other > place + 1
	contains(value, "$")
	not startswith(value, "'")
	uses(value, name)
	not is_known(instruction, name)
	result := {
		"msg": sprintf("`%s` is not set yet where `%s` is", [name, instruction.values[other - 1]]),
		"path": [instruction.index, "Value", other],
	}
}

uses(value, name) if {
	some match in regex.find_all_string_submatch_n(`(\\?)[$]\{?([A-Za-z_][A-Za-z0-9_]*)`, value, -1)
	match[1] == ""
	match[2] == name
}

# Set before, here or in the base image, as PATH always is: the old value is meant, or it stays.
is_known(instruction, name) if {
	some earlier in data.lib.dockerfile.own_instructions
	earlier.index < instruction.index
	earlier.stage in data.lib.dockerfile.lineage(instruction.stage)
	name in declared(earlier)
}

is_known(_, name) if name in {"PATH", "HOME", "HOSTNAME", "TERM", "LD_LIBRARY_PATH", "PYTHONPATH"}

declared(instruction) := {pair[0] | some pair in data.lib.dockerfile.environment_pairs(instruction)} if instruction.cmd == "env"

declared(instruction) := {split(word, "=")[0] | some word in instruction.values} if instruction.cmd == "arg"
