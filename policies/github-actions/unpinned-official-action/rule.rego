# METADATA
# scope: package
# title: Official action that may change
# description: "A tag or a branch can be moved, also those of the makers of the runner: only a commit says what will run."
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions
# custom:
#   id: github-actions/unpinned-official-action
#   severity: low
#   remediation: Name the full commit, with the version in a comment behind it, and let a bot raise both.
#   profiles:
#     - strict
#   equivalents:
#     - zizmor:unpinned-uses
package github_actions.unpinned_official_action

import rego.v1

deny contains result if {
	some call in data.lib.github.calls
	data.lib.github.is_official(call.name)
	fault := data.lib.github.moving(call.ref)
	result := {
		"msg": sprintf("%s uses `%s`, which %s", [call.subject, call.text, fault]),
		"path": call.path,
	}
}
