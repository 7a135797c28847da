# METADATA
# scope: package
# title: Token left behind by the checkout
# description: "With `persistCredentials` the token stays in the configuration of git, where every later step, and what it downloads, can read it and push."
# related_resources:
#   - https://learn.microsoft.com/en-us/azure/devops/pipelines/yaml-schema/steps-checkout
# custom:
#   id: azure-pipelines/persisted-credentials
#   severity: medium
#   remediation: "Remove it, and hand `System.AccessToken` to the one step that pushes."
#   profiles:
#     - recommended
#     - strict
package azure_pipelines.persisted_credentials

import rego.v1

deny contains result if {
	some step in data.lib.azure.steps
	step.kind == "checkout"
	data.lib.azure.is_true(step.spec.persistCredentials)
	result := {
		"msg": sprintf("checkout of `%v` leaves its token to the steps behind it", [step.spec.checkout]),
		"path": array.concat(step.path, ["persistCredentials"]),
	}
}
