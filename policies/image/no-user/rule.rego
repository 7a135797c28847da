# METADATA
# scope: package
# title: Image names no user
# description: Where neither the image nor whoever starts it names a user, the program runs as root.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/config.md
# custom:
#   id: image/no-user
#   kind: image
#   severity: medium
#   remediation: Make a user and name it with USER in the last stage, by number so that the cluster can check it.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.1
#   equivalents:
#     - trivy:DS-0002
#     - dockle:CIS-DI-0001
package image.no_user

import rego.v1

deny contains result if {
	input.config.user == ""
	not data.lib.image.is_windows
	result := {
		"msg": "the image names no user, and runs as root",
		"path": ["config", "user"],
	}
}
