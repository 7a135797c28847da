# METADATA
# scope: package
# title: MAINTAINER is deprecated
# description: MAINTAINER is deprecated and tools that read labels do not see it.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/maintainer-deprecated/
# custom:
#   id: dockerfile/maintainer
#   severity: low
#   remediation: Write `LABEL org.opencontainers.image.authors=…`.
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL4000
#     - checkov:CKV_DOCKER_6
#     - trivy:DS-0022
package dockerfile.maintainer

import rego.v1

deny contains result if {
	some instruction in data.lib.dockerfile.instructions
	instruction.cmd == "maintainer"
	result := {
		"msg": "MAINTAINER is deprecated",
		"path": [instruction.index],
	}
}
