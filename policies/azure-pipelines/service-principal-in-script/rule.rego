# METADATA
# scope: package
# title: Credentials of the service connection handed to a script
# description: "With `addSpnToEnvironment` the script, and all it starts, can read the secret of the service principal and use it anywhere."
# related_resources:
#   - https://learn.microsoft.com/en-us/azure/devops/pipelines/tasks/reference/azure-cli-v2
# custom:
#   id: azure-pipelines/service-principal-in-script
#   severity: medium
#   remediation: Leave it out, and let the task log in; use a service connection without a secret (workload identity federation).
#   profiles:
#     - recommended
#     - strict
package azure_pipelines.service_principal_in_script

import rego.v1

deny contains result if {
	some step in data.lib.azure.steps
	some key
	value := step.spec.inputs[key]
	lower(key) == "addspntoenvironment"
	data.lib.azure.is_true(value)
	result := {
		"msg": sprintf("%s hands the credentials of its service connection to a script", [step.subject]),
		"path": array.concat(step.path, ["inputs", key]),
	}
}
