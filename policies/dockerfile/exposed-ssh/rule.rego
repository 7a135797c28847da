# METADATA
# scope: package
# title: Port of SSH exposed
# description: A server for SSH in a container is one more way in, with keys and passwords of its own to look after.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#expose
# custom:
#   id: dockerfile/exposed-ssh
#   severity: medium
#   remediation: Remove the server; enter the container through its engine.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - checkov:CKV_DOCKER_1
#     - trivy:DS-0004
package dockerfile.exposed_ssh

import rego.v1

deny contains result if {
	some instruction in data.lib.dockerfile.instructions
	instruction.cmd == "expose"
	some index, word in instruction.values
	port := data.lib.dockerfile.expanded(data.lib.dockerfile.unquoted(word), data.lib.dockerfile.variables_at(instruction.index))
	is_ssh(port)
	result := {
		"msg": sprintf("EXPOSE `%s` is the port of SSH", [word]),
		"path": [instruction.index, "Value", index],
	}
}

is_ssh(port) if regex.match(`^22(/tcp)?$`, lower(port))

is_ssh(port) if {
	ends := regex.find_all_string_submatch_n(`^([0-9]{1,5})-([0-9]{1,5})(/tcp)?$`, lower(port), 1)[0]
	to_number(ends[1]) <= 22
	to_number(ends[2]) >= 22
}
