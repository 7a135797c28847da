# METADATA
# title: Expressions of GitHub Actions
# description: "Finds what is put into a text by ${{ }}, and who decides what that is"
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
#   - https://docs.github.com/en/actions/reference/security/secure-use
package lib.github_expressions

import rego.v1

# Every expression in a text: {"text": as written, "inner": what stands in the braces}.
expressions(text) := [{"text": found[0], "inner": found[1]} |
	is_string(text)
	contains(text, "${{")
	some found in regex.find_all_string_submatch_n(`[$]\{\{((?:[^}']|'[^']*'|\}[^}'])*)\}\}`, text, -1)
]

# The contexts whose values come out of an expression, in lower case with dots: `github.event.issue.title`. What is only compared or
# asked, or decides between others, does not come out.
references(inner) := {found |
	some found in regex.find_n(`[a-z_][a-z0-9_-]*(\.[a-z0-9_*-]+)+|github|secrets|inputs`, remaining(inner), -1)
}

remaining(inner) := without_operands(without_calls(without_calls(without_literals(dotted(lower(inner))))))

# In lower case with dots, since letters and brackets are the writer's choice.
lowered(text) := dotted(lower(text))

# github['event'].commits[0] is github.event.commits.*
dotted(text) := regex.replace(regex.replace(text, `\[[[:space:]]*'([a-z0-9_-]*)'[[:space:]]*\]`, ".$1"), `\[[[:space:]]*([0-9]+|[*])[[:space:]]*\]`, ".*")

without_literals(text) := regex.replace(text, `'[^']*'`, "''")

without_calls(text) := regex.replace(text, `(contains|startswith|endswith|hashfiles)[[:space:]]*\([^()]*\)`, "0")

without_operands(text) := regex.replace(regex.replace(regex.replace(text, `!=|==|<=|>=|<|>`, "=="), `(![[:space:]]*)?[a-z_][a-z0-9_.*-]*[[:space:]]*(==|&&)|![[:space:]]*[a-z_][a-z0-9_.*-]*`, " 0 $2"), `==[[:space:]]*[a-z_][a-z0-9_.*-]*`, " 0 ")

# True when an object is written out whole.
is_written_out(inner) if regex.match(`(tojson|join|format)[[:space:]]*\(`, lower(inner))

# What people who cannot write to the repository write, by the part of the event it comes with: the events that have the part, and
# the texts in it.
outside := {
	"issue": {"events": {"issues", "issue_comment"}, "texts": {"title", "body"}},
	"pull_request": {
		"events": {"pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment"},
		"texts": {"title", "body", "head.ref", "head.label", "head.repo.default_branch", "head.repo.description", "head.repo.homepage"},
	},
	"comment": {
		"events": {"issue_comment", "commit_comment", "discussion_comment", "pull_request_review_comment"},
		"texts": {"body"},
	},
	"review": {"events": {"pull_request_review"}, "texts": {"body"}},
	"discussion": {"events": {"discussion", "discussion_comment"}, "texts": {"title", "body"}},
	"answer": {"events": {"discussion"}, "texts": {"body"}},
	"head_commit": {
		"events": {"push"},
		"texts": {"message", "author.name", "author.email", "committer.name", "committer.email"},
	},
	"commits": {
		"events": {"push"},
		"texts": {"*.message", "*.author.name", "*.author.email", "*.committer.name", "*.committer.email"},
	},
	"workflow_run": {
		"events": {"workflow_run"},
		"texts": {
			"head_branch", "display_title", "head_commit.message", "head_commit.author.name", "head_commit.author.email",
			"head_repository.description", "pull_requests.*.head.ref",
		},
	},
	"check_suite": {"events": {"check_suite"}, "texts": {"head_branch", "head_commit.message"}},
	"check_run": {"events": {"check_run"}, "texts": {"check_suite.head_branch"}},
	"pages": {"events": {"gollum"}, "texts": {"*.page_name", "*.title", "*.summary"}},
	"changes": {
		"events": {"issues", "issue_comment", "pull_request_target", "pull_request", "discussion"},
		"texts": {"title.from", "body.from"},
	},
	"forkee": {"events": {"fork"}, "texts": {"description", "homepage"}},
}

pull_request_events := outside.pull_request.events

# By name: the events that carry what strangers write, and nothing else in the value.
texts_of_strangers[name] := part.events if {
	some section, part in outside
	some text in part.texts
	name := sprintf("github.event.%s.%s", [section, text])
}

texts_of_strangers["github.head_ref"] := pull_request_events

# The same for objects that are written out whole.
objects_of_strangers[name] := part.events if {
	some section, part in outside
	name := sprintf("github.event.%s", [section])
}

objects_of_strangers["github.event.pull_request.head"] := pull_request_events

objects_of_strangers["github.event.pull_request.head.repo"] := pull_request_events

objects_of_strangers[name] := union({part.events | some part in outside}) if some name in {"github", "github.event"}

# What comes out of an expression and is written by strangers, each with the events that bring it here.
strangers(inner) := {name: events |
	some name in references(inner)
	events := brought_by(name, inner)
}

brought_by(name, inner) := reaching(texts_of_strangers[name]) if {
	texts_of_strangers[name]
} else := reaching(objects_of_strangers[name]) if {
	is_written_out(inner)
	objects_of_strangers[name]
}

# Undefined when none of the events starts this workflow.
reaching(events) := data.lib.github.events & events if {
	count(data.lib.github.events & events) > 0
} else := events if data.lib.github.may_be_any_event
