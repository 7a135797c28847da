# METADATA
# title: Pipelines of GitLab CI
# description: Finds jobs, their scripts, images and variables, in every form a pipeline lets them be written
# related_resources:
#   - https://docs.gitlab.com/ci/yaml/
package lib.gitlab

import rego.v1

# What stands at the top and is no job.
keywords := {
	"default", "include", "stages", "variables", "workflow", "image", "services", "cache", "before_script", "after_script",
	"spec", "types",
}

# Every job, hidden ones too, which others extend: {"name", "path", "spec", "subject": how messages call it}.
jobs := [job |
	some name
	spec := input[name]
	is_object(spec)
	not name in keywords
	job := {"name": name, "path": [name], "spec": spec, "subject": sprintf("job `%s`", [name])}
]

# Jobs that run.
visible_jobs := [job | some job in jobs; not startswith(job.name, ".")]

# The job and those of this file that it extends.
lineage[name] := graph.reachable(parents, {name}) if {
	some job in jobs
	name := job.name
}

parents[job.name] := [parent |
	some parent in array.concat([job.spec.extends | job.spec.extends], [value | value := job.spec.extends[_]])
	is_string(parent)
	is_object(input[parent])
] if {
	some job in jobs
}

# The value of a key, of the job, of one it extends, or of the defaults; null where none says anything.
stated(job, key) := value if {
	values := [value |
		some name in lineage[job.name]
		value := input[name][key]
		value != null
	]
	value := values[0]
} else := input.default[key] if {
	input.default[key] != null
} else := null

# True when the job extends what is not in this file.
extends_elsewhere(job) if {
	some name in lineage[job.name]
	some parent in array.concat([input[name].extends | is_string(input[name].extends)], [value | value := input[name].extends[_]])
	not input[parent]
}

# Places that hold scripts, images, services and variables: the jobs, the defaults, and the top, which older pipelines use for defaults.
owners := array.concat(jobs, array.concat(
	[{"path": ["default"], "spec": input["default"], "subject": "every job"} | is_object(input["default"])],
	[{"path": [], "spec": object.filter(input, {"image", "services", "before_script", "after_script", "variables", "cache"}), "subject": "every job"}],
))

script_keys := [["before_script"], ["script"], ["after_script"], ["hooks", "pre_get_sources_script"]]

# Every line of every script: {"text", "path", "owner"}. What !reference takes from elsewhere is judged where it stands.
scripts := array.concat(
	[script |
		some owner in owners
		some keys in script_keys
		text := object.get(owner.spec, keys, null)
		is_string(text)
		script := {"text": text, "path": array.concat(owner.path, keys), "owner": owner}
	],
	array.concat(
		[script |
			some owner in owners
			some keys in script_keys
			some index
			text := object.get(owner.spec, keys, null)[index]
			is_string(text)
			script := {"text": text, "path": array.concat(owner.path, array.concat(keys, [index])), "owner": owner}
		],
		[script |
			some owner in owners
			some keys in script_keys
			some outer, inner
			part := object.get(owner.spec, keys, null)[outer]
			is_array(part)
			text := part[inner]
			is_string(text)
			not startswith(sprintf("%v", [part[0]]), ".")
			script := {"text": text, "path": array.concat(owner.path, array.concat(keys, [outer, inner])), "owner": owner}
		],
	),
)

# Every image that jobs run in, or have beside them: {"text", "path", "subject"}.
images := [image |
	some owner in owners
	some place in image_places(owner.spec)
	is_string(place.value)
	image := {
		"text": place.value,
		"path": array.concat(owner.path, place.keys),
		"subject": sprintf("%s %s", [owner.subject, place.words]),
	}
]

image_places(spec) := array.concat(
	[{"value": value, "keys": keys, "words": "runs in"} |
		some keys in [["image"], ["image", "name"]]
		value := object.get(spec, keys, null)
	],
	[{"value": value, "keys": keys, "words": "has beside it"} |
		some index
		spec.services[index]
		some keys in [["services", index], ["services", index, "name"]]
		value := object.get(spec, keys, null)
	],
)

# Every variable that is given a value: {"name", "value", "path", "owner"}; the long form of a value too, and those of services.
variables := array.concat(
	[variable |
		some owner in owners
		some name
		value := owner.spec.variables[name]
		not is_object(value)
		variable := {"name": name, "value": value, "path": array.concat(owner.path, ["variables", name]), "owner": owner}
	],
	array.concat(
		[variable |
			some owner in owners
			some name
			value := owner.spec.variables[name].value
			variable := {"name": name, "value": value, "path": array.concat(owner.path, ["variables", name, "value"]), "owner": owner}
		],
		[variable |
			some owner in owners
			some index, name
			value := owner.spec.services[index].variables[name]
			variable := {
				"name": name,
				"value": value,
				"path": array.concat(owner.path, ["services", index, "variables", name]),
				"owner": owner,
			}
		],
	),
)

# What is included: {"kind": local, remote, project, template, component, "value", "spec", "path"}.
includes := array.concat(
	[{"kind": kind_of_text(input.include), "value": input.include, "spec": {}, "path": ["include"]} | is_string(input.include)],
	array.concat(
		[{"kind": kind_of_text(value), "value": value, "spec": {}, "path": ["include", index]} |
			some index
			value := input.include[index]
			is_string(value)
			is_array(input.include)
		],
		array.concat(
			[include |
				is_object(input.include)
				some kind in kinds
				value := input.include[kind]
				include := {"kind": kind, "value": value, "spec": input.include, "path": ["include", kind]}
			],
			[include |
				is_array(input.include)
				some index
				spec := input.include[index]
				some kind in kinds
				value := spec[kind]
				include := {"kind": kind, "value": value, "spec": spec, "path": ["include", index, kind]}
			],
		),
	),
)

kinds := {"local", "remote", "project", "template", "component"}

kind_of_text(text) := "remote" if {
	regex.match(`^[a-zA-Z]+://`, text)
} else := "local"

# True for what GitLab takes as true in a variable.
is_on(value) if lower(sprintf("%v", [value])) in {"true", "1", "yes"}
