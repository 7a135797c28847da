# METADATA
# scope: package
# title: cd without effect
# description: Every RUN starts in the WORKDIR again, so a cd at its end does nothing.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#workdir
# custom:
#   id: dockerfile/useless-cd
#   severity: low
#   remediation: Write WORKDIR.
#   profiles:
#     - recommended
#     - strict
package dockerfile.useless_cd

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"cd "})
	some script in data.lib.shell.outer_scripts
	count(script.commands) > 0
	last := script.commands[count(script.commands) - 1]
	last.name == "cd"
	count(script.instruction.documents) == 0
	result := {
		"msg": "the cd at the end of this RUN has no effect on what follows",
		"path": [script.instruction.index],
		"text": data.lib.shell.at(last),
	}
}
