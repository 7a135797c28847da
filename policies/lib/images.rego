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
