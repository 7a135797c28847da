# METADATA
# scope: package
# title: Rights of the token not said
# description: "Where a workflow does not say what its token may do, the settings of the repository decide, and those of older ones let it write everything."
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
# custom:
#   id: github-actions/permissions-not-set
#   severity: medium
#   remediation: "Set `permissions: {}` or `contents: read` for the workflow, and name in each job what else it needs."
#   profiles:
#     - strict
#   equivalents:
#     - zizmor:excessive-permissions
package github_actions.permissions_not_set

import rego.v1

# What is called takes the rights of its caller, and can only have less.
deny contains result if {
	data.lib.github.events != {"workflow_call"}
	some job in data.lib.github.jobs
	data.lib.github.permissions(job) == null
	result := {
		"msg": sprintf("%s does not say what its token may do", [job.subject]),
		"path": job.path,
	}
}
