# METADATA
# scope: package
# title: Input put into a script
# description: "An expression is replaced before the script is run, so an input becomes part of the program: whoever starts the workflow, or whatever calls it or the action, runs any command in its place."
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use#good-practices-for-mitigating-script-injection-attacks
# custom:
#   id: github-actions/input-injection
#   severity: medium
#   remediation: Give the input to the step as a variable in `env`, and use the variable in quotes; or make it a choice.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - zizmor:template-injection
package github_actions.input_injection

import rego.v1

deny contains result if {
	some code in data.lib.github.code
	some expression in data.lib.github_expressions.expressions(code.text)
	some name in data.lib.github_expressions.references(expression.inner)
	is_free_text(name)
	result := {
		"msg": sprintf("%s puts `%s` into %s", [code.step.subject, name, code.place]),
		"path": code.path,
		"text": expression.text,
	}
}

is_free_text(name) if {
	input_name := input_of(name)
	not lower(sprintf("%v", [object.get(declared(input_name), "type", "string")])) in {"boolean", "number", "choice", "environment"}
}

# What started the workflow through the API gave any value it liked.
is_free_text(name) if startswith(name, "github.event.client_payload.")

input_of(name) := trim_prefix(name, "inputs.") if {
	startswith(name, "inputs.")
} else := trim_prefix(name, "github.event.inputs.") if {
	startswith(name, "github.event.inputs.")
}

# What the document says of an input, in the first place that does; the same name in another place is of the same type or should be.
declared(name) := found if {
	found := [entry |
		inputs := object.get(input, [["on", "workflow_dispatch", "inputs"], ["on", "workflow_call", "inputs"], ["inputs"]][_], {})
		some key
		entry := inputs[key]
		lower(key) == name
		is_object(entry)
	][0]
} else := {}
