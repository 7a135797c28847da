# METADATA
# scope: package
# title: Name looked for in a text instead of a list
# description: "`contains` with a text finds parts of words: a branch called `ma` is in `refs/heads/main`, so the condition is met by names that nobody meant."
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#contains
# custom:
#   id: github-actions/unsound-contains
#   severity: medium
#   remediation: "Look in a list: `contains(fromJSON('[\"refs/heads/main\", \"refs/heads/develop\"]'), github.ref)`."
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - zizmor:unsound-contains
package github_actions.unsound_contains

import rego.v1

# What people outside decide, by names they give.
given := `github\.(actor|triggering_actor|ref|ref_name|head_ref|base_ref|event\.pull_request\.(head|base)\.ref|event\.pull_request\.user\.login|event\.sender\.login)`

deny contains result if {
	some owner in array.concat(data.lib.github.jobs, data.lib.github.steps)
	condition := owner.spec["if"]
	is_string(condition)
	lowered := data.lib.github_expressions.lowered(condition)
	found := regex.find_n(sprintf(`contains[[:space:]]*\([[:space:]]*'[^']*'[[:space:]]*,[[:space:]]*%s[[:space:]]*\)`, [given]), lowered, 1)[0]
	result := {
		"msg": sprintf("%s looks for a part of a text: `%s`", [owner.subject, found]),
		"path": array.concat(owner.path, ["if"]),
	}
}
