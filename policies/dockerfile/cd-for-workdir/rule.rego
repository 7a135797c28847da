# METADATA
# scope: package
# title: cd at the start of a RUN
# description: Whoever reads the file has to follow each step's own folder; WORKDIR says it once and for what follows.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#workdir
# custom:
#   id: dockerfile/cd-for-workdir
#   severity: low
#   remediation: Use WORKDIR.
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL3003
#     - trivy:DS-0013
package dockerfile.cd_for_workdir

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"cd "})
	some script in data.lib.shell.outer_scripts
	count(script.instruction.documents) == 0
	count(script.commands) > 1
	first := script.commands[0]
	first.name == "cd"
	# In brackets the folder is left again at once.
	not regex.match(`^[ \t]*\(`, script.text)
	not moves_on(script)
	result := {
		"msg": sprintf("the RUN begins with `cd %s`", [concat(" ", first.args)]),
		"path": [script.instruction.index],
		"text": data.lib.shell.at(first),
	}
}

# A second cd: one folder alone would not do.
moves_on(script) if count([command | some command in script.commands; command.name in {"cd", "pushd"}]) > 1
