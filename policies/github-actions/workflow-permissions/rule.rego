# METADATA
# scope: package
# title: Right to write given to every job
# description: "What the workflow may write, each of its jobs may, also the one that only runs tests of somebody's code."
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
# custom:
#   id: github-actions/workflow-permissions
#   severity: medium
#   remediation: Move the right to the one job that needs it.
#   profiles:
#     - strict
#   equivalents:
#     - zizmor:excessive-permissions
package github_actions.workflow_permissions

import rego.v1

# Of one job alone it is the same where the right stands.
deny contains result if {
	takers := [job | some job in data.lib.github.jobs; not job.spec.permissions]
	count(takers) > 1
	some right
	input.permissions[right] == "write"
	result := {
		"msg": sprintf("every job may write `%s`", [right]),
		"path": ["permissions", right],
	}
}
