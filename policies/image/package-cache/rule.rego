# METADATA
# scope: package
# title: Package cache left behind
# description: What package managers fetched is of no use in the image and makes it larger; removing it in a later layer does not make it smaller again.
# related_resources:
#   - https://docs.docker.com/build/cache/optimize/#use-cache-mounts
# custom:
#   id: image/package-cache
#   kind: image
#   severity: low
#   remediation: Empty the cache in the same RUN, or mount one over it with `RUN --mount=type=cache`.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - dockle:DKL-DI-0005
package image.package_cache

import rego.v1

deny contains result if {
	cache := input.caches[index]
	cache.base != true
	result := {
		"msg": sprintf("layer %v leaves %v of %v in `%v`", [cache.layer, data.lib.image.size(cache.bytes), cache.tool, cache.path]),
		"path": ["caches", index, "path"],
	}
}
