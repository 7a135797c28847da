# METADATA
# scope: package
# title: Token left behind by the checkout
# description: "The checkout leaves its token where every later step can read it: build scripts, tests and whatever they download may push with it."
# related_resources:
#   - https://github.com/actions/checkout#usage
# custom:
#   id: github-actions/persisted-credentials
#   severity: medium
#   remediation: "Set `persist-credentials: false`, and give the token to the one step that pushes."
#   profiles:
#     - strict
#   equivalents:
#     - zizmor:artipacked
package github_actions.persisted_credentials

import rego.v1

deny contains result if {
	some step in data.lib.github.steps
	data.lib.github.calls_one_of(step, {"actions/checkout"})
	not data.lib.github.is_false(data.lib.github.with_input(step, "persist-credentials"))
	result := {
		"msg": sprintf("%s leaves its token to the steps behind it", [step.subject]),
		"path": cause(step),
	}
}

cause(step) := data.lib.github.input_path(step, "persist-credentials") if {
	data.lib.github.with_input(step, "persist-credentials") != null
} else := array.concat(step.path, ["uses"])
