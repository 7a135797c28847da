# METADATA
# scope: package
# title: Secret put into a script
# description: "`$( )` writes the secret itself into the script: it stands in a file of the agent, in the list of processes, and in whatever the script prints of itself."
# related_resources:
#   - https://learn.microsoft.com/en-us/azure/devops/pipelines/process/set-secret-variables
# custom:
#   id: azure-pipelines/access-token-in-script
#   severity: medium
#   remediation: Hand it over as a variable in `env`.
#   profiles:
#     - strict
package azure_pipelines.access_token_in_script

import rego.v1

deny contains result if {
	some script in data.lib.azure.scripts
	some filled in data.lib.azure.filled_in(script.text)
	is_secret(filled.name)
	result := {
		"msg": sprintf("%s puts `%s` into its script", [script.step.subject, filled.text]),
		"path": script.path,
		"text": filled.text,
	}
}

is_secret(name) if name == "system.accesstoken"

is_secret(name) if data.lib.secrets.is_secret_name(name)
