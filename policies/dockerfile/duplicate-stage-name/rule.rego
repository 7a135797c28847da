# METADATA
# scope: package
# title: Two stages of one name
# description: Of two stages of one name later instructions mean the nearest, and a build of that target is a guess.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/duplicate-stage-name/
# custom:
#   id: dockerfile/duplicate-stage-name
#   severity: medium
#   remediation: Give each stage its own name.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - hadolint:DL3024
#     - checkov:CKV_DOCKER_11
#     - trivy:DS-0012
package dockerfile.duplicate_stage_name

import rego.v1

deny contains result if {
	some stage in data.lib.dockerfile.stages
	stage.name != ""
	some earlier in data.lib.dockerfile.stages
	earlier.index < stage.index
	earlier.name == stage.name
	result := {
		"msg": sprintf("stage `%s` has the name of an earlier one", [stage.name]),
		"path": [stage.from, "Value", 2],
	}
}
