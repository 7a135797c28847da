# METADATA
# scope: package
# title: ADD where COPY would do
# description: ADD unpacks archives and fetches addresses; for plain files COPY does the same without surprises.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#add-or-copy
# custom:
#   id: dockerfile/add-for-copy
#   severity: low
#   remediation: Write COPY.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.9
#   equivalents:
#     - hadolint:DL3020
#     - checkov:CKV_DOCKER_4
#     - trivy:DS-0005
package dockerfile.add_for_copy

import rego.v1

deny contains result if {
	some instruction in data.lib.dockerfile.instructions
	instruction.cmd == "add"
	some source in array.slice(instruction.values, 0, count(instruction.values) - 1)
	not needs_add(source)
	result := {
		"msg": sprintf("ADD of `%s` does what COPY does", [source]),
		"path": [instruction.index],
	}
}

# Addresses, repositories, archives that are unpacked, and what only a variable names.
needs_add(source) if regex.match(`^["']?([a-z]+://|git@|[$])`, source)

needs_add(source) if regex.match(`\.(tar|tgz|tbz|tbz2|txz|tzst|tlz|tar\.[a-z0-9]+)["']?$`, lower(source))
