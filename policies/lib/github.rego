# METADATA
# title: Workflows and actions of GitHub Actions
# description: Finds jobs, steps, what they call and what they run, in every form a workflow or an action lets it be written
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
package lib.github

import rego.v1

# The names of the events that start the workflow.
events := {input.on} if {
	is_string(input.on)
} else := {event | event := input.on[_]; is_string(event)} if {
	is_array(input.on)
} else := object.keys(input.on) if {
	is_object(input.on)
} else := set()

# What other workflows call is started by whatever started them. An action does not know either.
may_be_any_event if "workflow_call" in events

may_be_any_event if not is_workflow

is_workflow if input.jobs

# True when one of the events may have started what this document is.
may_be_started_by(names) if may_be_any_event

may_be_started_by(names) if count(events & names) > 0

# Events of people who cannot write to the repository, in runs that have its secrets and a token that can write.
privileged_events := {
	"pull_request_target", "workflow_run", "issue_comment", "issues", "discussion", "discussion_comment", "commit_comment",
	"fork", "watch", "gollum",
}

pull_request_events := {"pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment"}

# True when strangers start it, and it runs with the rights of the repository.
is_privileged if count(events & privileged_events) > 0

# Every job: {"name", "path", "spec", "subject": how messages call it}.
jobs := [job |
	is_object(input.jobs)
	some name
	spec := input.jobs[name]
	is_object(spec)
	job := {"name": name, "path": ["jobs", name], "spec": spec, "subject": sprintf("job `%s`", [name])}
]

# Every step of jobs and of composite actions: {"path", "spec", "job": null in an action, "subject"}.
steps := array.concat(job_steps, action_steps)

job_steps := [step |
	some job in jobs
	some index
	spec := job.spec.steps[index]
	is_object(spec)
	step := {
		"path": array.concat(job.path, ["steps", index]),
		"spec": spec,
		"job": job,
		"subject": sprintf("step `%v` of %s", [step_name(spec, index), job.subject]),
	}
]

action_steps := [step |
	some index
	spec := input.runs.steps[index]
	is_object(spec)
	step := {
		"path": ["runs", "steps", index],
		"spec": spec,
		"job": null,
		"subject": sprintf("step `%v`", [step_name(spec, index)]),
	}
]

step_name(spec, index) := names[0] if {
	names := [value | value := spec[["name", "id", "uses"][_]]; is_string(value)]
	count(names) > 0
} else := index + 1

# The steps of the same job, or of the same action.
siblings(step) := [other | some other in steps; other.job == step.job]

# Everything that is called with `uses`: {"text", "name": owner/repository/path in lower case, "ref", "path", "spec": the step or job,
# "subject"}. Local ones and images have an empty name.
calls := array.concat(
	[call | some step in steps; call := called(step)],
	[call | some job in jobs; call := called(job)],
)

called(caller) := {
	"text": text,
	"name": action_name(text),
	"ref": reference(text),
	"path": array.concat(caller.path, ["uses"]),
	"spec": caller.spec,
	"subject": caller.subject,
} if {
	text := caller.spec.uses
	is_string(text)
}

# `actions/checkout` of `Actions/Checkout@v4`, also where a forge is named; empty for what is local or an image.
action_name(text) := found[0][1] if {
	is_string(text)
	not regex.match(`^\.{1,2}/`, text)
	found := regex.find_all_string_submatch_n(`^(?:https?://[^/]+/)?([a-z0-9_.-]+/[a-z0-9_.-]+(?:/[^@]*[^@/])?)/*(?:@.*)?$`, lower(text), 1)
	count(found) > 0
} else := ""

# What stands behind the @; empty where nothing does.
reference(text) := substring(text, indexof(text, "@") + 1, -1) if {
	contains(text, "@")
} else := ""

is_commit(text) if regex.match(`^([0-9a-fA-F]{40}|[0-9a-fA-F]{64})$`, text)

# Why another thing may be called tomorrow; undefined where a commit is named.
moving(ref) := "names no version" if {
	ref == ""
} else := sprintf("follows the branch `%s`", [ref]) if {
	regex.match(`^(refs/heads/.*|main|master|trunk|develop|dev|head|HEAD|latest|edge|nightly|next)$`, ref)
} else := "names no commit" if not is_commit(ref)

# Actions of the makers of the runner.
is_official(name) if startswith(name, ["actions/", "github/"][_])

# True when the step calls one of the actions.
calls_one_of(step, names) if action_name(step.spec.uses) in names

# An input of an action; null where none is given. Names of inputs are the same in any case.
with_input(step, name) := value if {
	values := [value | some key; value := step.spec["with"][key]; lower(key) == name; value != null]
	value := values[0]
} else := null

# The place of an input.
input_path(step, name) := array.concat(step.path, ["with", keys[0]]) if {
	keys := [key | some key; step.spec["with"][key]; lower(key) == name]
} else := array.concat(step.path, ["with"])

# True for what an action reads as true.
is_true(value) if lower(trim_space(sprintf("%v", [value]))) == "true"

is_false(value) if lower(trim_space(sprintf("%v", [value]))) == "false"

# Scripts of steps: {"step", "text", "path"}.
scripts := [script |
	some step in steps
	text := step.spec.run
	is_string(text)
	script := {"step": step, "text": text, "path": array.concat(step.path, ["run"])}
]

# Actions that take code, and the inputs they take it in.
code_inputs := {
	"actions/github-script": {"script"},
	"addnab/docker-run-action": {"run"},
	"amadevus/pwsh-script": {"script"},
	"appleboy/ssh-action": {"script"},
	"azure/cli": {"inlinescript"},
	"azure/powershell": {"inlinescript"},
	"cardinalby/js-eval-action": {"expression"},
	"jannekem/run-python-script-action": {"script"},
	"nick-fields/retry": {"command", "on_retry_command", "new_command_on_retry"},
	"nick-invision/retry": {"command", "on_retry_command"},
	"mikefarah/yq": {"cmd"},
	"ruby/actions": {"run"},
	"sergeysova/jq-action": {"cmd"},
	"uraimo/run-on-arch-action": {"run", "install", "setup"},
	"vmactions/freebsd-vm": {"run", "prepare"},
}

# Everything that is run as code: scripts, and inputs of actions that take code: {"step", "text", "path", "place": how messages call it}.
code := array.concat(
	[object.union(script, {"place": "its script"}) | some script in scripts],
	[entry |
		some step in steps
		inputs := code_inputs[action_name(step.spec.uses)]
		some key
		text := step.spec["with"][key]
		is_string(text)
		lower(key) in inputs
		entry := {
			"step": step,
			"text": text,
			"path": array.concat(step.path, ["with", key]),
			"place": sprintf("input `%s`", [key]),
		}
	],
)

# Every mapping `env`: {"values", "path", "subject"}.
environments := array.concat(
	[{"values": input.env, "path": ["env"], "subject": "the workflow"} | is_object(input.env)],
	[{"values": owner.spec.env, "path": array.concat(owner.path, ["env"]), "subject": owner.subject} |
		some owner in array.concat(jobs, steps)
		is_object(owner.spec.env)
	],
)

# The variables a step sees, those of the workflow first.
seen_environments(step) := [values |
	values := [object.get(input, "env", null), object.get(step, ["job", "spec", "env"], null), object.get(step, ["spec", "env"], null)][_]
	is_object(values)
]

# Images that jobs run in or beside them: {"text", "path", "subject"}; also those of actions and steps.
images := array.concat(array.concat(job_images, service_images), array.concat(called_images, action_images))

job_images := [image |
	some job in jobs
	some keys in [["container"], ["container", "image"]]
	text := object.get(job.spec, keys, null)
	is_string(text)
	image := {"text": text, "path": array.concat(job.path, keys), "subject": sprintf("%s runs in", [job.subject])}
]

service_images := [image |
	some job in jobs
	some name
	text := job.spec.services[name].image
	is_string(text)
	image := {
		"text": text,
		"path": array.concat(job.path, ["services", name, "image"]),
		"subject": sprintf("%s has beside it, as service `%s`,", [job.subject, name]),
	}
]

called_images := [image |
	some call in calls
	startswith(call.text, "docker://")
	image := {"text": trim_prefix(call.text, "docker://"), "path": call.path, "subject": sprintf("%s runs", [call.subject])}
]

action_images := [image |
	text := input.runs.image
	is_string(text)
	startswith(text, "docker://")
	image := {"text": trim_prefix(text, "docker://"), "path": ["runs", "image"], "subject": "the action runs"}
]

# The permissions of the token in a job: its own, or those of the workflow; null where nothing is said.
permissions(job) := job.spec.permissions if {
	job.spec.permissions != null
} else := input.permissions if {
	input.permissions != null
} else := null

# The lines of a text that hold one of the words.
lines_with(text, words) := [line |
	contains_any(text, words)
	line := split(text, "\n")[_]
	contains_any(line, words)
]

contains_any(text, words) if contains(text, words[_])
