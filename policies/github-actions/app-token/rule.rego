# METADATA
# scope: package
# title: Token of an app with all its rights
# description: "Without a list of rights the token has every right of the app, and with an owner alone it reaches every repository the app is installed in."
# related_resources:
#   - https://github.com/actions/create-github-app-token#inputs
# custom:
#   id: github-actions/app-token
#   severity: medium
#   remediation: "Name each right with an input `permission-…`, and the repositories with `repositories`."
#   profiles:
#     - strict
#   equivalents:
#     - zizmor:github-app
package github_actions.app_token

import rego.v1

deny contains result if {
	some step in data.lib.github.steps
	data.lib.github.calls_one_of(step, {"actions/create-github-app-token"})
	not has_rights(step)
	result := {
		"msg": sprintf("%s makes a token with every right of the app", [step.subject]),
		"path": array.concat(step.path, ["uses"]),
	}
}

deny contains result if {
	some step in data.lib.github.steps
	data.lib.github.calls_one_of(step, {"actions/create-github-app-token"})
	data.lib.github.with_input(step, "owner") != null
	data.lib.github.with_input(step, "repositories") == null
	result := {
		"msg": sprintf("%s makes a token for every repository of the owner", [step.subject]),
		"path": data.lib.github.input_path(step, "owner"),
	}
}

has_rights(step) if {
	some name
	step.spec["with"][name]
	startswith(lower(name), "permission-")
}
