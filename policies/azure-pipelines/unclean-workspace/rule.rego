# METADATA
# scope: package
# title: Files of earlier runs on own agents
# description: "An agent of your own keeps its workspace: what an earlier run left there, also one of another branch, is built in."
# related_resources:
#   - https://learn.microsoft.com/en-us/azure/devops/pipelines/yaml-schema/workspace
# custom:
#   id: azure-pipelines/unclean-workspace
#   severity: low
#   remediation: "Set `workspace: {clean: all}` for the job, or `clean: true` at its checkout."
#   profiles:
#     - strict
package azure_pipelines.unclean_workspace

import rego.v1

deny contains result if {
	some job in data.lib.azure.jobs
	data.lib.azure.own_pool(job.spec.pool)
	not job.spec.workspace.clean
	not cleans(job)
	result := {
		"msg": sprintf("%s starts with what earlier runs left behind", [job.subject]),
		"path": array.concat(job.path, ["pool"]),
	}
}

cleans(job) if {
	some step in data.lib.azure.steps
	array.slice(step.path, 0, count(job.path)) == job.path
	step.kind == "checkout"
	data.lib.azure.is_true(step.spec.clean)
}
