# METADATA
# scope: package
# title: Name hidden in a detour
# description: "A path with `..` or empty parts, or an expression that only makes a constant, says in a long way what could be said plainly; nothing but hiding from readers and scanners is won by it."
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   id: github-actions/obfuscation
#   severity: medium
#   remediation: Write the name plainly.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - zizmor:obfuscation
package github_actions.obfuscation

import rego.v1

deny contains result if {
	some call in data.lib.github.calls
	not startswith(call.text, "docker://")
	is_winding(regex.replace(split(call.text, "@")[0], `^https?://`, ""))
	result := {
		"msg": sprintf("%s calls `%s` by a detour", [call.subject, call.text]),
		"path": call.path,
	}
}

# Behind the first step of a local path as well as in the name of an action.
is_winding(name) if regex.match(`[^.]/\.{0,2}/|[^./]/\.{1,2}$`, name)

is_winding(name) if regex.match(`^\./+(\.{0,2}/)+|^\.\./\.?/`, name)

deny contains result if {
	walk(input, [path, value])
	is_string(value)
	contains(value, "${{")
	some expression in data.lib.github_expressions.expressions(value)
	fault := is_veiled(data.lib.github_expressions.lowered(expression.inner))
	result := {
		"msg": sprintf("`%s` %s", [expression.text, fault]),
		"path": path,
		"text": expression.text,
	}
}

is_veiled(inner) := "makes a constant in a long way" if {
	regex.match(`^[[:space:]]*format[[:space:]]*\(([[:space:]]*'[^']*'[[:space:]]*,?)+\)[[:space:]]*$`, inner)
} else := "writes a value out and reads it in again" if {
	regex.match(`fromjson[[:space:]]*\([[:space:]]*tojson`, inner)
} else := "picks a context by a name made at run time" if {
	regex.match(`(^|[^a-z0-9_.])(github|env|vars|needs|steps|inputs)(\.[a-z0-9_.-]+)?[[:space:]]*\[[[:space:]]*(format|join|tojson|fromjson)[[:space:]]*\(`, inner)
}
