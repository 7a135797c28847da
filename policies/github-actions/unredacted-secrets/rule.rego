# METADATA
# scope: package
# title: Secret that logs do not hide
# description: "Logs hide a secret as it was stored. A part of it that is taken out with `fromJSON` is another text, which the logs show."
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use#use-secrets-for-sensitive-information
# custom:
#   id: github-actions/unredacted-secrets
#   severity: medium
#   remediation: Store each value as a secret of its own, or hide it with `::add-mask::` before it is used.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - zizmor:unredacted-secrets
package github_actions.unredacted_secrets

import rego.v1

deny contains result if {
	walk(input, [path, value])
	is_string(value)
	contains(value, "${{")
	some expression in data.lib.github_expressions.expressions(value)
	regex.match(`fromjson[[:space:]]*\([[:space:]]*secrets\.`, data.lib.github_expressions.dotted(lower(expression.inner)))
	result := {
		"msg": sprintf("`%s` takes a part out of a secret, which logs do not hide", [expression.text]),
		"path": path,
		"text": expression.text,
	}
}
