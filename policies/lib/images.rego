# METADATA
# title: References to container images
# description: Splits a reference into what it names and how firmly
# related_resources:
#   - https://github.com/opencontainers/distribution-spec/blob/main/spec.md
package lib.images

import rego.v1

# True when the reference is one image for ever, whatever its tag says.
has_digest(reference) if contains(reference, "@")

# The tag; empty when there is none. A port of the registry is no tag.
tag_of(reference) := tag if {
	parts := split(split(reference, "@")[0], "/")
	last := parts[count(parts) - 1]
	contains(last, ":")
	tag := substring(last, indexof(last, ":") + 1, -1)
} else := ""

faults := {"": "has no tag, which means `latest`", "latest": "has the tag `latest`"}

# Why a reference may be another image tomorrow; undefined when it names a version.
moving(reference) := fault if {
	not contains(reference, "@")
	fault := faults[lower(tag_of(reference))]
}

# True for an image of a registry, or part of one, that is not in `parameters.registries` of the data; undefined without that list.
is_foreign(reference) if {
	trusted := data.parameters.registries
	is_array(trusted)
	name := full_name(reference)
	count([prefix | prefix := trusted[_]; is_string(prefix); is_below(name, trim_suffix(prefix, "/"))]) == 0
}

is_below(name, prefix) if name == prefix

is_below(name, prefix) if startswith(name, concat("", [prefix, "/"]))

# The repository with its registry, without tag and digest: `nginx:1` is docker.io/library/nginx.
full_name(reference) := name if {
	repository := without_tag(split(reference, "@")[0])
	parts := split(repository, "/")
	name := written_out(repository, parts)
}

without_tag(reference) := reference if {
	tag_of(reference) == ""
} else := trim_suffix(reference, concat(":", ["", tag_of(reference)]))

written_out(repository, parts) := sprintf("docker.io/library/%s", [repository]) if count(parts) == 1

written_out(repository, parts) := sprintf("docker.io/%s", [repository]) if {
	count(parts) > 1
	not is_registry(parts[0])
}

written_out(repository, parts) := repository if {
	count(parts) > 1
	is_registry(parts[0])
	not is_short(parts)
}

written_out(_, parts) := sprintf("docker.io/library/%s", [parts[1]]) if is_short(parts)

is_short(parts) if {
	count(parts) == 2
	parts[0] in {"docker.io", "index.docker.io"}
}

is_registry(part) if regex.match(`[.:]|^localhost$`, part)
