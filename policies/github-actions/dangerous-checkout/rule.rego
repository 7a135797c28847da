# METADATA
# scope: package
# title: Code of strangers checked out with the rights of the repository
# description: "This workflow runs with the secrets and the token of the repository, and takes the code of a pull request that anyone can open: a build file, a test or a hook in it runs with all of them."
# related_resources:
#   - https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request_target
# custom:
#   id: github-actions/dangerous-checkout
#   severity: critical
#   remediation: Build and test in a workflow that `pull_request` starts, and hand what it found to a second one that needs the rights and checks nothing out.
#   profiles:
#     - recommended
#     - strict
package github_actions.dangerous_checkout

import rego.v1

events := data.lib.github.events & {"pull_request_target", "workflow_run", "issue_comment", "issues", "discussion_comment"}

# What names the head of a pull request.
heads := `github\.event\.(pull_request\.(head|merge_commit_sha|number)|workflow_run\.(head_|pull_requests)|issue\.number|number)|github\.head_ref|refs/pull/|pull/[^ ]*/(head|merge)|\.outputs\.[a-z0-9_-]*(head|sha|ref|branch|commit)`

deny contains result if {
	count(events) > 0
	some step in data.lib.github.steps
	data.lib.github.calls_one_of(step, {"actions/checkout"})
	some name in ["ref", "repository"]
	value := data.lib.github.with_input(step, name)
	is_string(value)
	not is_of_own(step)
	names_head(step, name, value)
	result := {
		"msg": sprintf("%s checks out `%s`, which strangers write, and `%s` gives it the rights of the repository", [step.subject, value, concat("`, `", sort(events))]),
		"severity": severity(step),
		"path": data.lib.github.input_path(step, name),
	}
}

# The same by hand.
deny contains result if {
	count(events) > 0
	some script in data.lib.github.scripts
	line := data.lib.github.lines_with(script.text, {"gh pr checkout", "git ", "hub pr checkout"})[_]
	fetches_head(script.step, line)
	not is_of_own(script.step)
	result := {
		"msg": sprintf("%s checks out what strangers write, and `%s` gives it the rights of the repository", [script.step.subject, concat("`, `", sort(events))]),
		"severity": severity(script.step),
		"path": script.path,
		"text": trim_space(line),
	}
}

names_head(step, "ref", value) if regex.match(heads, plain(step, value))

names_head(step, "repository", value) if regex.match(`github\.event\.(pull_request\.head\.repo|workflow_run\.head_repository)|\.outputs\.[a-z0-9_-]*(head|fork)?repo`, plain(step, value))

# With variables of the workflow filled in.
plain(step, value) := concat(" ", array.concat([data.lib.github_expressions.dotted(lower(value))], [data.lib.github_expressions.dotted(lower(given)) |
	found := regex.find_all_string_submatch_n(`env\.([a-z0-9_]+)|[$]\{?([a-z_][a-z0-9_]*)`, lower(value), -1)[_]
	some values in data.lib.github.seen_environments(step)
	some variable
	lower(variable) in {found[1], found[2]}
	given := values[variable]
	is_string(given)
]))

fetches_head(_, line) if regex.match(`(gh|hub)[[:space:]]+pr[[:space:]]+checkout`, line)

fetches_head(step, line) if {
	regex.match(`git[[:space:]]+(-[cC][[:space:]]*[^ ]+[[:space:]]+)*(fetch|checkout|pull|clone|switch|merge|reset|worktree)`, line)
	regex.match(heads, plain(step, line))
}

# Only pull requests from within the repository, or of a named author, get there.
is_of_own(step) if regex.match(`head(\.repo|_repository)\.full_name[[:space:]]*==|github\.repository[[:space:]]*==|head\.repo\.fork[[:space:]]*==[[:space:]]*false|![[:space:]]*github\.event\.pull_request\.head\.repo\.fork|pull_request\.user\.login[[:space:]]*==`, condition(step))

condition(step) := data.lib.github_expressions.lowered(sprintf("%v %v", [object.get(step, ["job", "spec", "if"], ""), object.get(step, ["spec", "if"], "")]))

# Somebody with rights looked at it first: by a label, an environment, or a test of what the author may do.
severity(step) := "high" if {
	is_looked_at(step)
} else := "critical"

is_looked_at(step) if step.job.spec.environment

is_looked_at(_) if input.on.pull_request_target.types == ["labeled"]

is_looked_at(step) if regex.match(`author_association|\.label|permission`, condition(step))
