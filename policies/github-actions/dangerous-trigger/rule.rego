# METADATA
# scope: package
# title: Trigger that gives strangers the rights of the repository
# description: "Pull requests of forks start this workflow, and it runs with the secrets and the token of the repository: any step that reads what they wrote may hand both over."
# related_resources:
#   - https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
# custom:
#   id: github-actions/dangerous-trigger
#   severity: low
#   remediation: Use `pull_request` where neither secrets nor a token that writes are needed; else waive the finding once somebody has read every step.
#   profiles:
#     - strict
#   equivalents:
#     - zizmor:dangerous-triggers
package github_actions.dangerous_trigger

import rego.v1

deny contains result if {
	some event in data.lib.github.events & {"pull_request_target", "workflow_run"}
	result := {
		"msg": sprintf("`%s` starts this workflow with the rights of the repository", [event]),
		"path": cause(event),
	}
}

cause(event) := ["on", event] if {
	is_object(input.on)
} else := ["on", index] if {
	is_array(input.on)
	index := [place | some place; input.on[place] == event][0]
} else := ["on"]
