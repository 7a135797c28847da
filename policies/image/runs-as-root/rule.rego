# METADATA
# scope: package
# title: Image runs as root
# description: A program that runs as root in its container may write all of the image, and is root on the host if the isolation fails.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/config.md
# custom:
#   id: image/runs-as-root
#   kind: image
#   severity: medium
#   remediation: Name another user with USER in the last stage, by number so that the cluster can check it.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.1
#   equivalents:
#     - trivy:DS-0002
#     - dockle:CIS-DI-0001
package image.runs_as_root

import rego.v1

deny contains result if {
	data.lib.image.is_root(input.config.user)
	result := {
		"msg": sprintf("the image runs as `%v`", [input.config.user]),
		"path": ["config", "user"],
	}
}
