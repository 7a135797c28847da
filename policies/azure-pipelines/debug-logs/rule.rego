# METADATA
# scope: package
# title: Debug logs switched on
# description: "Debug logs show what tasks are called with and what they answer, for all who can read the logs of the pipeline."
# related_resources:
#   - https://learn.microsoft.com/en-us/azure/devops/pipelines/troubleshooting/review-logs#configure-verbose-logs
# custom:
#   id: azure-pipelines/debug-logs
#   severity: medium
#   remediation: Remove the variable, and switch them on by hand for the one run that you look at.
#   profiles:
#     - recommended
#     - strict
package azure_pipelines.debug_logs

import rego.v1

deny contains result if {
	some variable in data.lib.azure.variables
	lower(sprintf("%v", [variable.name])) in {"system.debug", "agent.diagnostic"}
	data.lib.azure.is_true(variable.value)
	result := {
		"msg": sprintf("%s switches debug logs on: `%s`", [variable.subject, variable.name]),
		"path": variable.path,
	}
}
