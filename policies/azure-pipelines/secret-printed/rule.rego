# METADATA
# scope: package
# title: Secret written to the log
# description: "Logs are read by more people than secrets are meant for, and are hidden only where a variable was marked to be, and only in the form it has."
# related_resources:
#   - https://learn.microsoft.com/en-us/azure/devops/pipelines/process/set-secret-variables
# custom:
#   id: azure-pipelines/secret-printed
#   severity: medium
#   remediation: Remove the line; to see whether a variable is set, print its length.
#   profiles:
#     - recommended
#     - strict
package azure_pipelines.secret_printed

import rego.v1

deny contains result if {
	some script in data.lib.azure.scripts
	some command in data.lib.script.commands(script.text)
	not contains(command.joined, "##vso[")
	some what in data.lib.script.printed_secrets(command.joined)
	result := {
		"msg": sprintf("%s writes %s to the log", [script.step.subject, what]),
		"path": script.path,
		"text": command.line,
	}
}
