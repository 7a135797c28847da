# METADATA
# scope: package
# title: Expression in a script
# description: "What an expression stands for becomes part of the program: an output, a variable or a secret with a quote in it breaks the script, and whoever can decide it runs commands."
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use#good-practices-for-mitigating-script-injection-attacks
# custom:
#   id: github-actions/expression-in-script
#   severity: low
#   remediation: Give the value to the step as a variable in `env`, and use the variable in quotes.
#   profiles:
#     - strict
#   equivalents:
#     - zizmor:template-injection
package github_actions.expression_in_script

import rego.v1

# Of these nobody knows what they hold; those of strangers and inputs are rules of their own.
unknown := `^(env|vars|secrets|matrix)\.|^(steps|needs|jobs)\.[a-z0-9_-]+\.outputs\.|^github\.(ref|ref_name|base_ref|event\.ref|event\.release\.(tag_name|name|body))$|^secrets$`

deny contains result if {
	some code in data.lib.github.code
	some expression in data.lib.github_expressions.expressions(code.text)
	some name in data.lib.github_expressions.references(expression.inner)
	regex.match(unknown, name)
	not is_written_here(code.step, name)
	result := {
		"msg": sprintf("%s puts `%s` into %s", [code.step.subject, name, code.place]),
		"path": code.path,
		"text": expression.text,
	}
}

# A variable or a matrix whose values stand in this file.
is_written_here(step, name) if {
	startswith(name, "env.")
	given := {value |
		some values in data.lib.github.seen_environments(step)
		some variable
		lower(variable) == substring(name, 4, -1)
		value := values[variable]
	}
	count(given) > 0
	every value in given {
		not contains(sprintf("%v", [value]), "${{")
	}
}

is_written_here(step, name) if {
	startswith(name, "matrix.")
	matrix := step.job.spec.strategy.matrix
	is_object(matrix)
	not contains(json.marshal(matrix), "${{")
}
