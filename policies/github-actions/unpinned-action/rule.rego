# METADATA
# scope: package
# title: Action of others that may change
# description: "A tag or a branch can be moved: whoever gets into the repository of the action runs what they like in this workflow, with its secrets, and it has happened to actions that thousands use."
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions
# custom:
#   id: github-actions/unpinned-action
#   severity: medium
#   remediation: Name the full commit, with the version in a comment behind it, and let a bot raise both.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - zizmor:unpinned-uses
package github_actions.unpinned_action

import rego.v1

# Those of the makers of the runner are the rule unpinned-official-action.
deny contains result if {
	some call in data.lib.github.calls
	call.name != ""
	not data.lib.github.is_official(call.name)
	fault := data.lib.github.moving(call.ref)
	result := {
		"msg": sprintf("%s uses `%s`, which %s", [call.subject, call.text, fault]),
		"path": call.path,
	}
}
