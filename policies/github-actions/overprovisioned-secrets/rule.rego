# METADATA
# scope: package
# title: All secrets put into one value
# description: "Who writes all secrets into one value, or picks one by a name that is made at run time, makes the runner hold every secret there is: one step that prints or sends the value gives all of them away."
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use#use-secrets-for-sensitive-information
# custom:
#   id: github-actions/overprovisioned-secrets
#   severity: high
#   remediation: Name the secret that is needed.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - zizmor:overprovisioned-secrets
package github_actions.overprovisioned_secrets

import rego.v1

deny contains result if {
	walk(input, [path, value])
	is_string(value)
	some expression in data.lib.github_expressions.expressions(value)
	fault := takes_all(data.lib.github_expressions.dotted(lower(expression.inner)))
	result := {
		"msg": sprintf("`%s` %s", [expression.text, fault.words]),
		"severity": fault.severity,
		"path": path,
		"text": expression.text,
	}
}

takes_all(inner) := {"words": "writes every secret into one value", "severity": "high"} if {
	regex.match(`tojson[[:space:]]*\([[:space:]]*secrets[[:space:]]*\)|join[[:space:]]*\([[:space:]]*secrets\.\*`, inner)
} else := {"words": "picks a secret by a name made at run time", "severity": "medium"} if {
	regex.match(`(^|[^a-z0-9_.])secrets[[:space:]]*\[`, inner)
}
