# METADATA
# title: Pipelines and templates of Azure Pipelines
# description: Finds jobs, steps, scripts and variables at every level, also inside conditions and loops of templates
# related_resources:
#   - https://learn.microsoft.com/en-us/azure/devops/pipelines/yaml-schema/
package lib.azure

import rego.v1

step_keys := {"script", "bash", "pwsh", "powershell", "task", "checkout", "template", "download", "downloadBuild", "publish", "getPackage", "reviewApp"}

# Every step: {"path", "spec", "subject": how messages call it}. Steps stand in a list `steps`, and there in conditions of any depth.
steps := [step |
	walk(input, [path, spec])
	is_object(spec)
	is_number(path[count(path) - 1])
	is_in_list(path, "steps")
	some key in step_keys
	spec[key]
	step := {"path": path, "spec": spec, "kind": key, "subject": sprintf("step `%v`", [step_name(spec, key, path)])}
]

# True for an element of a list of this name, or of one below conditions in it.
is_in_list(path, name) if path[count(path) - 2] == name

is_in_list(path, name) if {
	count(path) > 3
	startswith(sprintf("%v", [path[count(path) - 2]]), "${{")
	some place, part in path
	part == name
	every between in array.slice(path, place + 1, count(path)) {
		is_number_or_condition(between)
	}
}

is_number_or_condition(part) if is_number(part)

is_number_or_condition(part) if startswith(sprintf("%v", [part]), "${{")

step_name(spec, key, path) := name if {
	names := [value | value := spec[["displayName", "name"][_]]; is_string(value)]
	name := names[0]
} else := place + 1 if {
	key in {"script", "bash", "pwsh", "powershell"}
	place := path[count(path) - 1]
	is_number(place)
} else := spec[key]

# Every job: {"path", "spec", "subject"}.
jobs := [job |
	walk(input, [path, spec])
	is_object(spec)
	is_number(path[count(path) - 1])
	is_in_list(path, "jobs")
	some key in ["job", "deployment"]
	object.get(spec, key, false) != false
	job := {"path": path, "spec": spec, "kind": key, "subject": sprintf("%s `%v`", [key, spec[key]])}
]

# Places that have a pool, variables and containers of their own: the pipeline, stages and jobs.
owners := array.concat([{"path": [], "spec": input, "subject": "the pipeline"}], array.concat(jobs, stages))

stages := [stage |
	walk(input, [path, spec])
	is_object(spec)
	is_number(path[count(path) - 1])
	is_in_list(path, "stages")
	object.get(spec, "stage", false) != false
	stage := {"path": path, "spec": spec, "kind": "stage", "subject": sprintf("stage `%v`", [spec.stage])}
]

# Tasks that take a script, by name without version in lower case, and the inputs they take it in.
script_inputs := {
	"azurecli": {"inlinescript"},
	"azurepowershell": {"inline", "script"},
	"bash": {"script"},
	"cmdline": {"script"},
	"powershell": {"script", "inlinescript"},
	"pythonscript": {"script"},
	"servicefabricpowershell": {"inline"},
	"sqlazuredacpacdeployment": {"sqlinline"},
	"ssh": {"inline", "commands"},
	"powershellontargetmachines": {"inlinescript"},
}

# Everything that is run as code: {"step", "text", "path"}.
scripts := array.concat(
	[script |
		some step in steps
		step.kind in {"script", "bash", "pwsh", "powershell"}
		text := step.spec[step.kind]
		is_string(text)
		script := {"step": step, "text": text, "path": array.concat(step.path, [step.kind])}
	],
	[script |
		some step in steps
		step.kind == "task"
		inputs := script_inputs[task_name(step.spec.task)]
		some key
		text := step.spec.inputs[key]
		is_string(text)
		lower(key) in inputs
		script := {"step": step, "text": text, "path": array.concat(step.path, ["inputs", key])}
	],
)

# `npm` of `Npm@1` and of `publisher.extension.npm@1`.
task_name(text) := lower(parts[count(parts) - 1]) if {
	is_string(text)
	parts := split(split(text, "@")[0], ".")
} else := ""

# Every variable with a value, of a mapping or a list, and every variable of a step: {"name", "value", "path", "subject"}.
variables := array.concat(
	[variable |
		some owner in owners
		some name
		value := owner.spec.variables[name]
		is_object(owner.spec.variables)
		not is_object(value)
		not is_array(value)
		variable := {"name": name, "value": value, "path": array.concat(owner.path, ["variables", name]), "subject": owner.subject}
	],
	array.concat(
		[variable |
			walk(input, [path, spec])
			is_object(spec)
			is_in_list(path, "variables")
			name := spec.name
			is_string(name)
			value := spec.value
			variable := {"name": name, "value": value, "path": array.concat(path, ["value"]), "subject": "the pipeline"}
		],
		[variable |
			some step in steps
			some name
			value := step.spec.env[name]
			variable := {"name": name, "value": value, "path": array.concat(step.path, ["env", name]), "subject": step.subject}
		],
	),
)

# Every image that jobs run in or have beside them: {"text", "path", "subject"}. Names of containers that `resources` has are none.
images := array.concat(
	[image |
		some index
		text := input.resources.containers[index].image
		is_string(text)
		image := {
			"text": text,
			"path": ["resources", "containers", index, "image"],
			"subject": sprintf("container `%v` is", [object.get(input.resources.containers[index], "container", index)]),
		}
	],
	array.concat(
		[image |
			some owner in owners
			some keys in [["container"], ["container", "image"]]
			text := object.get(owner.spec, keys, null)
			is_string(text)
			not text in containers
			image := {"text": text, "path": array.concat(owner.path, keys), "subject": sprintf("%s runs in", [owner.subject])}
		],
		[image |
			some owner in owners
			some name
			some keys in [["services", name], ["services", name, "image"]]
			owner.spec.services[name]
			text := object.get(owner.spec, keys, null)
			is_string(text)
			not text in containers
			image := {"text": text, "path": array.concat(owner.path, keys), "subject": sprintf("%s has beside it", [owner.subject])}
		],
	),
)

containers := {name | name := input.resources.containers[_].container; is_string(name)}

# Where a pool names agents of one's own, as keys below it; undefined for those of Microsoft, which have an image and these names, and for `server`, which has no agent.
own_pool(pool) := [] if {
	is_string(pool)
	not is_hosted(pool)
} else := ["name"] if {
	is_string(pool.name)
	not pool.vmImage
	not is_hosted(pool.name)
}

is_hosted(name) if regex.match(`^(azure pipelines|hosted.*|server)$|[$][({\[]`, lower(name))

# True for what Azure Pipelines takes as true.
is_true(value) if lower(sprintf("%v", [value])) == "true"

# Expressions that are filled in before a script runs: {"text": as written, "name": in lower case with dots}.
filled_in(text) := array.concat(
	[{"text": found[0], "name": lower(found[1])} |
		some found in regex.find_all_string_submatch_n(`[$]\(([A-Za-z_][A-Za-z0-9_.-]*)\)`, text, -1)
	],
	[{"text": outer, "name": lower(concat("", [found[1], found[2], found[3]]))} |
		some outer in regex.find_n(`[$]\{\{[^}]*\}\}`, text, -1)
		some found in regex.find_all_string_submatch_n(`variables\[[[:space:]]*'([^']*)'[[:space:]]*\]|variables\.([A-Za-z_][A-Za-z0-9_.]*)|(parameters\.[A-Za-z_][A-Za-z0-9_.-]*|parameters\[[[:space:]]*'[^']*'[[:space:]]*\])`, outer, -1)
	],
)
