# METADATA
# scope: package
# title: Own agents for pull requests
# description: "The code of a pull request runs on a machine of your own: what it leaves there meets the next job, and its network is yours."
# related_resources:
#   - https://learn.microsoft.com/en-us/azure/devops/pipelines/security/misc#agent-pools
# custom:
#   id: azure-pipelines/self-hosted-pool
#   severity: medium
#   remediation: Build pull requests on agents of Microsoft or on ones that are thrown away after each job, or waive the finding where only people you know open them.
#   profiles:
#     - recommended
#     - strict
package azure_pipelines.self_hosted_pool

import rego.v1

# Without `pr` the settings of the project decide; here the pipeline itself asks for pull requests.
deny contains result if {
	is_started_by_pull_requests
	some owner in data.lib.azure.owners
	keys := data.lib.azure.own_pool(owner.spec.pool)
	result := {
		"msg": sprintf("%s runs pull requests on agents of your own", [owner.subject]),
		"path": array.concat(owner.path, array.concat(["pool"], keys)),
	}
}

is_started_by_pull_requests if {
	input.pr
	not input.pr == "none"
}
