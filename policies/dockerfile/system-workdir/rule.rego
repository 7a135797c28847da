# METADATA
# scope: package
# title: Working folder inside the system
# description: Files of the application come to lie between those of the system, where the next package or base image overwrites them.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#workdir
# custom:
#   id: dockerfile/system-workdir
#   severity: medium
#   remediation: Use a folder of its own, /app or one below /opt or /srv.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - trivy:DS-0030
package dockerfile.system_workdir

import rego.v1

deny contains result if {
	some instruction in data.lib.dockerfile.own_instructions
	instruction.cmd == "workdir"
	path := data.lib.dockerfile.unquoted(instruction.values[0])
	regex.match(`^/(bin|boot|dev|etc|lib|lib32|lib64|proc|sbin|sys|usr|usr/(bin|sbin|lib|lib64|share)|run|var)/?$`, path)
	result := {
		"msg": sprintf("WORKDIR `%s` is a folder of the system", [path]),
		"path": [instruction.index],
	}
}
