# METADATA
# scope: package
# title: Port that does not exist
# description: Ports end at 65535; this one cannot be opened.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#expose
# custom:
#   id: dockerfile/port-out-of-range
#   severity: low
#   remediation: Name a port from 1 to 65535.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - hadolint:DL3011
#     - trivy:DS-0008
package dockerfile.port_out_of_range

import rego.v1

deny contains result if {
	some instruction in data.lib.dockerfile.instructions
	instruction.cmd == "expose"
	some index, word in instruction.values
	some number in regex.find_n(`[0-9]+`, regex.replace(data.lib.dockerfile.unquoted(word), `[$]\{?[A-Za-z0-9_]*|/.*`, ""), -1)
	is_out_of_range(number)
	result := {
		"msg": sprintf("EXPOSE `%s`: there is no port %s", [word, number]),
		"path": [instruction.index, "Value", index],
	}
}

is_out_of_range(number) if to_number(number) > 65535

is_out_of_range(number) if to_number(number) == 0
