# METADATA
# scope: package
# title: Shell handed to another machine
# description: The step opens a shell for whoever listens at the other end, with the rights and the network of the job.
# related_resources:
#   - https://attack.mitre.org/techniques/T1059/004/
# custom:
#   id: azure-pipelines/reverse-shell
#   severity: critical
#   remediation: Remove the step, find out who wrote it, and replace every secret the pipeline could reach.
#   profiles:
#     - recommended
#     - strict
package azure_pipelines.reverse_shell

import rego.v1

deny contains result if {
	some script in data.lib.azure.scripts
	data.lib.script.mentions(script.text, data.lib.reverse_shell.words)
	some command in data.lib.script.commands(script.text)
	data.lib.reverse_shell.is_one(command.joined)
	result := {
		"msg": sprintf("%s hands a shell to another machine", [script.step.subject]),
		"path": script.path,
		"text": command.line,
	}
}
