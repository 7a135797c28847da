# METADATA
# scope: package
# title: Shell handed to another machine
# description: The job opens a shell for whoever listens at the other end, with the variables and the network of the job.
# related_resources:
#   - https://attack.mitre.org/techniques/T1059/004/
# custom:
#   id: gitlab-ci/reverse-shell
#   severity: critical
#   remediation: Remove the line, find out who wrote it, and replace every secret the pipeline could reach.
#   profiles:
#     - recommended
#     - strict
package gitlab_ci.reverse_shell

import rego.v1

deny contains result if {
	some script in data.lib.gitlab.scripts
	data.lib.script.mentions(script.text, data.lib.reverse_shell.words)
	some command in data.lib.script.commands(script.text)
	data.lib.reverse_shell.is_one(command.joined)
	result := {
		"msg": sprintf("%s hands a shell to another machine", [script.owner.subject]),
		"path": script.path,
		"text": command.line,
	}
}
