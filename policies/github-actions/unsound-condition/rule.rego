# METADATA
# scope: package
# title: Condition that is always met
# description: "Around `${{ }}` any other text, also a line end that a block such as `|` adds, makes the whole a text, and a text that is not empty is true: the job or step runs whatever the condition says."
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idif
# custom:
#   id: github-actions/unsound-condition
#   severity: high
#   remediation: "Leave `${{ }}` out, or put all of the condition into one; end a block with `|-` or `>-`."
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - zizmor:unsound-condition
package github_actions.unsound_condition

import rego.v1

deny contains result if {
	some owner in array.concat(data.lib.github.jobs, data.lib.github.steps)
	condition := owner.spec["if"]
	is_string(condition)
	expressions := data.lib.github_expressions.expressions(condition)
	count(expressions) > 0
	expressions[0].text != condition
	result := {
		"msg": sprintf("%s runs always: its condition is a text around `%s`", [owner.subject, expressions[0].text]),
		"path": array.concat(owner.path, ["if"]),
	}
}
