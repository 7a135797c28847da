# METADATA
# scope: package
# title: Shell handed to another machine
# description: The step opens a shell for whoever listens at the other end, with the token, the secrets and the network of the job.
# related_resources:
#   - https://attack.mitre.org/techniques/T1059/004/
# custom:
#   id: github-actions/reverse-shell
#   severity: critical
#   remediation: Remove the step, find out who wrote it, and replace every secret the workflow could reach.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - checkov:CKV_GHA_4
package github_actions.reverse_shell

import rego.v1

deny contains result if {
	some code in data.lib.github.code
	data.lib.github.contains_any(code.text, data.lib.reverse_shell.words)
	some command in data.lib.script.commands(code.text)
	data.lib.reverse_shell.is_one(command.joined)
	result := {
		"msg": sprintf("%s hands a shell to another machine", [code.step.subject]),
		"path": code.path,
		"text": command.line,
	}
}
