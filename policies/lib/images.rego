# METADATA
# title: References to container images
# description: Splits a reference into what it names and how firmly
# related_resources:
#   - https://github.com/opencontainers/distribution-spec/blob/main/spec.md
package lib.images

import rego.v1

# True when the reference is one image for ever, whatever its tag says.
has_digest(reference) if regex.match(`@[a-z0-9+._-]+:[0-9a-fA-F]{32,}$`, reference)

# The tag; empty when there is none. A port of the registry is no tag.
tag_of(reference) := tag if {
	parts := split(split(reference, "@")[0], "/")
	last := parts[count(parts) - 1]
	contains(last, ":")
	tag := substring(last, indexof(last, ":") + 1, -1)
} else := ""

# Why a reference may be another image tomorrow; undefined when it names a version.
moving(reference) := "has no tag, which means `latest`" if {
	not has_digest(reference)
	tag_of(reference) == ""
}

moving(reference) := "has the tag `latest`" if {
	not has_digest(reference)
	lower(tag_of(reference)) == "latest"
}
