# METADATA
# scope: package
# title: Text of strangers put into a script
# description: "An expression is replaced before the script is run, so what stands in a title, a branch name or a comment becomes part of the program: anyone who can open an issue or a pull request runs commands with the token and the secrets of the job."
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use#good-practices-for-mitigating-script-injection-attacks
#   - https://securitylab.github.com/resources/github-actions-untrusted-input/
# custom:
#   id: github-actions/template-injection
#   severity: high
#   remediation: Give the value to the step as a variable in `env`, and use the variable in quotes.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - zizmor:template-injection
#     - checkov:CKV_GHA_2
package github_actions.template_injection

import rego.v1

deny contains result if {
	some code in data.lib.github.code
	some expression in data.lib.github_expressions.expressions(code.text)
	some name, events in written_by_strangers(code.step, expression.inner)
	result := {
		"msg": sprintf("%s puts `%s` into %s, and anyone can write that", [code.step.subject, name, code.place]),
		"severity": severity(events),
		"path": code.path,
		"text": expression.text,
	}
}

# With the rights of the repository there is nothing left to get around.
severity(events) := "critical" if {
	count(events & data.lib.github.privileged_events & data.lib.github.events) > 0
} else := "high"

written_by_strangers(step, inner) := object.union(
	data.lib.github_expressions.strangers(inner),
	object.union(through_environment(step, inner), through_outputs(step, inner)),
)

# A variable in an expression is as bad as what it was given; the shell reads it safely only as $NAME.
through_environment(step, inner) := {name: events |
	some name in data.lib.github_expressions.references(inner)
	startswith(name, "env.")
	given := {brought |
		some values in data.lib.github.seen_environments(step)
		some variable
		value := values[variable]
		lower(variable) == substring(name, 4, -1)
		some expression in data.lib.github_expressions.expressions(value)
		some brought in data.lib.github_expressions.strangers(expression.inner)
	}
	count(given) > 0
	events := union(given)
}

# Actions that hand on what strangers wrote, and the outputs they do it in.
relays := {
	"ahmadnassri/action-changed-files": `^files`,
	"alessbell/pull-request-comment-branch": `^head_ref$`,
	"dorny/paths-filter": `_files$`,
	"eficode/resolve-pr-refs": `^head_ref$`,
	"jitterbit/get-changed-files": `.`,
	"lots0logs/gh-action-get-changed-files": `.`,
	"masesgroup/retrieve-changed-files": `.`,
	"potiuk/get-workflow-origin": `^(sourceheadbranch|targetcommitmessage)`,
	"technote-space/get-diff-action": `diff`,
	"tj-actions/branch-names": `branch`,
	"tj-actions/changed-files": `(files|keys|old_new_files)$`,
	"trilom/file-changes-action": `^files`,
	"tj-actions/verify-changed-files": `files$`,
	"xt0rted/pull-request-comment-branch": `^head_ref$`,
}

through_outputs(step, inner) := {name: events |
	some name in data.lib.github_expressions.references(inner)
	startswith(name, "steps.")
	found := regex.find_all_string_submatch_n(`^steps\.([a-z0-9_-]+)\.outputs\.([a-z0-9_-]+)$`, name, 1)[0]
	some other in data.lib.github.siblings(step)
	lower(sprintf("%v", [other.spec.id])) == found[1]
	regex.match(relays[data.lib.github.action_name(other.spec.uses)], found[2])
	events := data.lib.github_expressions.reaching(data.lib.github.pull_request_events | {"issue_comment", "workflow_run"})
}
