# METADATA
# scope: package
# title: Source from outside that may change
# description: "A build context or a part of the file that comes from a branch or a tag elsewhere is another one tomorrow, and whoever can move it decides what is built and run here."
# related_resources:
#   - https://docs.docker.com/build/concepts/context/#git-repositories
#   - https://docs.docker.com/reference/compose-file/include/
# custom:
#   id: compose/remote-source
#   severity: medium
#   remediation: "Name a commit behind `#`, or a digest behind `@`."
#   profiles:
#     - recommended
#     - strict
package compose.remote_source

import rego.v1

deny contains result if {
	some source in sources
	reason := fault(data.lib.compose.interpolated(source.word))
	result := {
		"msg": sprintf("%s `%s` %s", [source.subject, source.word, reason.msg]),
		"severity": reason.severity,
		"path": source.place,
	}
}

# Where another repository, archive or artifact may be named.
sources := array.concat(array.concat(short_contexts, contexts), array.concat(more_contexts, includes))

short_contexts := [source |
	some service in data.lib.compose.services
	text := service.spec.build
	is_string(text)
	source := {"word": text, "subject": context_of(service), "place": array.concat(service.path, ["build"])}
]

contexts := [source |
	some service in data.lib.compose.services
	text := service.spec.build.context
	source := {"word": text, "subject": context_of(service), "place": array.concat(service.path, ["build", "context"])}
]

more_contexts := [source |
	some service in data.lib.compose.services
	path := array.concat(service.path, ["build", "additional_contexts"])
	some pair in data.lib.compose.pairs(object.get(service.spec, ["build", "additional_contexts"], {}), path)
	source := {"word": pair.value, "subject": context_of(service), "place": pair.path}
]

context_of(service) := sprintf("%s: build context", [service.subject])

# Compose takes a text, or a mapping whose `path` is a text or a list of texts.
includes := [source |
	some index
	entry := input.include[index]
	some place, text in places(entry)
	source := {"word": text, "subject": "included file", "place": array.concat(["include", index], place)}
]

places(entry) := {[]: entry} if {
	is_string(entry)
} else := {["path"]: entry.path} if {
	is_string(entry.path)
} else := {["path", index]: text |
	some index
	text := entry.path[index]
}

fault(text) := {"msg": "is fetched without encryption", "severity": "high"} if {
	regex.match(`^(http|git)://`, text)
} else := {"msg": "names no commit", "severity": "medium"} if {
	is_repository(text)
	not regex.match(`#[0-9a-f]{40}([0-9a-f]{24})?(:|$)|[?&]checksum=[0-9a-f]{7,}|[?&]commit=[0-9a-f]{40}`, text)
} else := {"msg": "names no digest", "severity": "medium"} if {
	regex.match(`^(oci|docker-image)://`, text)
	not contains(text, "@sha256:")
}

is_repository(text) if regex.match(`^(git@|ssh://|github\.com/)`, text)

is_repository(text) if regex.match(`^https://[^#?]*\.git([#?]|$)`, text)

is_repository(text) if regex.match(`^https://(github|gitlab)\.com/[^/#]+/[^/#]+(#|$)`, text)
