# METADATA
# scope: package
# title: Token that may do everything
# description: "With write-all the token of a run may push code, publish packages and releases and answer for the repository, so one bad step is enough to change what all others build on."
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
# custom:
#   id: github-actions/write-all
#   severity: high
#   remediation: "Set `permissions: {}` for the workflow, and name in each job what it needs."
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - zizmor:excessive-permissions
#     - checkov:CKV2_GHA_1
package github_actions.write_all

import rego.v1

deny contains result if {
	input.permissions == "write-all"
	result := {
		"msg": "the token of this workflow may do everything",
		"path": ["permissions"],
	}
}

deny contains result if {
	some job in data.lib.github.jobs
	job.spec.permissions == "write-all"
	result := {
		"msg": sprintf("the token of %s may do everything", [job.subject]),
		"path": array.concat(job.path, ["permissions"]),
	}
}
