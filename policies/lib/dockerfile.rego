# METADATA
# title: Stages, variables and instructions of a Dockerfile
# description: Knows which stage builds on which, which ones are part of the image, and what variables stand for
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/
package lib.dockerfile

import rego.v1

# Every instruction: {"index": in the file, "cmd": its command, of ONBUILD the inner one, "flags", "values", "stage", "is_exec",
# "documents": its here-documents}. Those of ONBUILD come last.
instructions := array.concat(own_instructions, triggers)

# Instructions that build this image, in the order of the file.
own_instructions := [instruction |
	some index, entry in input
	entry.Cmd != "onbuild"
	instruction := {
		"index": index,
		"cmd": entry.Cmd,
		"flags": entry.Flags,
		"values": entry.Value,
		"stage": entry.Stage,
		"is_exec": entry.JSON,
		"documents": object.get(entry, "Heredocs", []),
	}
]

# Instructions that run when another image is built on this one.
triggers := [instruction |
	some index, entry in input
	entry.Cmd == "onbuild"
	instruction := {
		"index": index,
		"cmd": lower(entry.SubCmd),
		"flags": entry.Flags,
		"values": entry.Value,
		"stage": entry.Stage,
		"is_exec": entry.JSON,
		"documents": object.get(entry, "Heredocs", []),
	}
]

# Every stage: {"index", "from": the instruction that starts it, "image": as written, "name": lower case, empty for none}.
stages := [stage |
	some instruction in own_instructions
	instruction.cmd == "from"
	stage := {
		"index": instruction.stage,
		"from": instruction.index,
		"image": unquoted(object.get(instruction, ["values", 0], "")),
		"name": stage_name(instruction.values),
	}
]

stage_name(values) := lower(values[2]) if {
	lower(values[1]) == "as"
} else := ""

final_stage := stages[count(stages) - 1]

# The image of a stage with variables filled in by their defaults. Undefined where a variable has no value in the file.
image_of(stage) := expanded(stage.image, global_arguments)

# The stage that another is built on: the nearest earlier one of that name.
base_of(stage) := stages[max(candidates)] if {
	image := lower(image_of(stage))
	candidates := [other.index | some other in stages; other.index < stage.index; other.name == image]
	count(candidates) > 0
}

# True when the stage starts from an image outside this file.
is_external(stage) if not has_base(stage)

has_base(stage) if base_of(stage)

bases[stage.index] := parents if {
	some stage in stages
	parents := [base.index | base := base_of(stage)]
}

# The indexes of a stage and of all it is built on.
lineage(index) := graph.reachable(bases, {index})

# Stages whose layers are in the image that the file builds by default.
shipped := lineage(final_stage.index)

# The image outside this file that a stage goes back to, variables filled in.
root_image(index) := image_of(stages[min(lineage(index))])

# Every image from outside this file, variables filled in: of FROM, and of --from where it says more than a name, which may be a
# stage or a context of the build.
external_images := array.concat(base_images, copied_images)

base_images := [{"reference": reference, "path": [stage.from, "Value", 0]} |
	some stage in stages
	is_external(stage)
	reference := image_of(stage)
	not lower(reference) in {"scratch", ""}
]

copied_images := [{"reference": reference, "path": [instruction.index]} |
	some instruction in instructions
	instruction.cmd in {"copy", "add"}
	reference := expanded(flag(instruction, "from"), variables_at(instruction.index))
	not lower(reference) in {stage.name | some stage in stages}
	regex.match(`[/:@]`, reference)
]

# Arguments before the first FROM, which FROM alone can see.
global_arguments := {name: value |
	some name in {pair[0] | some pair in global_pairs}
	values := [pair[1] | some pair in global_pairs; pair[0] == name]
	value := expanded(values[count(values) - 1], raw_global_arguments)
}

raw_global_arguments[name] := value if {
	some name in {pair[0] | some pair in global_pairs}
	values := [pair[1] | some pair in global_pairs; pair[0] == name]
	value := values[count(values) - 1]
}

global_pairs := [pair |
	some instruction in own_instructions
	instruction.cmd == "arg"
	instruction.index < stages[0].from
	some word in instruction.values
	contains(word, "=")
	pair := argument(word)
]

argument(word) := [name, value] if {
	at := indexof(word, "=")
	name := substring(word, 0, at)
	value := unquoted(substring(word, at + 1, -1))
}

# Variables that an instruction sees: ENV of its stages before it, ARG of its own stage. Later ones win.
variables_at(index) := {name: value |
	pairs := pairs_before(index)
	some name in {pair[0] | some pair in pairs}
	values := [pair[1] | some pair in pairs; pair[0] == name]
	value := values[count(values) - 1]
}

pairs_before(index) := [pair |
	stage := input[index].Stage
	seen := lineage(stage)
	some instruction in own_instructions
	instruction.index < index
	instruction.stage in seen
	some pair in variables_of(instruction, stage)
]

variables_of(instruction, _) := environment_pairs(instruction) if instruction.cmd == "env"

variables_of(instruction, stage) := pairs if {
	instruction.cmd == "arg"
	instruction.stage == stage
	pairs := [pair |
		some word in instruction.values
		pair := declared(word)
	]
}

declared(word) := argument(word) if contains(word, "=")

# An argument without a default takes that of the argument before the first FROM.
declared(word) := [word, global_arguments[word]] if not contains(word, "=")

# Names and values of an ENV instruction, without quotes.
environment_pairs(instruction) := [pair |
	some index, name in instruction.values
	index % 3 == 0
	pair := [name, unquoted(object.get(instruction, ["values", index + 1], ""))]
]

variable := `[$]\{[A-Za-z_][A-Za-z0-9_]*[^}]*\}|[$][A-Za-z_][A-Za-z0-9_]*`

# A text with its variables filled in; undefined when one has no known value.
expanded(text, variables) := text if {
	not contains(text, "$")
} else := result if {
	found := regex.find_n(variable, text, -1)
	values := [value | some reference in found; value := value_of(reference, variables)]
	count(values) == count(found)
	pieces := regex.split(variable, text)
	result := concat("", [part |
		some index, piece in pieces
		part := concat("", [piece, object.get(array_to_object(values), index, "")])
	])
}

array_to_object(values) := {index: value | some index, value in values}

value_of(reference, variables) := value if {
	parts := regex.find_all_string_submatch_n(`^[$]\{?([A-Za-z_][A-Za-z0-9_]*)(:?[-+])?(.*)$`, reference, 1)[0]
	value := substituted(parts[1], parts[2], trim_suffix(parts[3], "}"), variables)
}

substituted(name, "", "", variables) := variables[name]

substituted(name, ":-", _, variables) := variables[name] if variables[name] != ""

substituted(name, ":-", fallback, variables) := fallback if object.get(variables, name, "") == ""

substituted(name, "-", fallback, variables) := object.get(variables, name, fallback)

substituted(name, ":+", other, variables) := other if object.get(variables, name, "") != ""

substituted(name, ":+", _, variables) := "" if object.get(variables, name, "") == ""

# A word without the quotes around it or around parts of it.
unquoted(text) := replace(replace(text, `"`, ""), "'", "")

# The value of a flag like --from=builder.
flag(instruction, name) := value if {
	prefix := sprintf("--%s=", [name])
	some word in instruction.flags
	startswith(word, prefix)
	value := unquoted(trim_prefix(word, prefix))
}

# True when a RUN mounts a cache or a memory file system over a folder, so that what is written there is not in the layer.
has_mount_over(instruction, folder) if {
	some word in instruction.flags
	startswith(word, "--mount=")
	regex.match(`type=(cache|tmpfs)`, word)
	some part in split(trim_prefix(word, "--mount="), ",")
	some key in ["target=", "dst=", "destination="]
	startswith(part, key)
	place := trim_suffix(unquoted(trim_prefix(part, key)), "/")
	startswith(sprintf("%s/", [folder]), sprintf("%s/", [place]))
}
