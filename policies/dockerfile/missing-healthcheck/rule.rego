# METADATA
# scope: package
# title: No health check
# description: Without HEALTHCHECK an engine takes a program that hangs for a healthy one. Kubernetes uses its own probes and ignores it.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#healthcheck
# custom:
#   id: dockerfile/missing-healthcheck
#   severity: low
#   remediation: Add a HEALTHCHECK, or HEALTHCHECK NONE where something else watches the program.
#   profiles:
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.6
#   equivalents:
#     - hadolint:DL3057
#     - checkov:CKV_DOCKER_2
#     - trivy:DS-0026
package dockerfile.missing_healthcheck

import rego.v1

# Also one of the stages the last stage is built on counts. An image that runs nothing needs none.
deny contains result if {
	not has_check
	runs_something
	result := {
		"msg": "the image has no HEALTHCHECK",
		"path": [data.lib.dockerfile.final_stage.from],
	}
}

has_check if {
	some instruction in data.lib.dockerfile.own_instructions
	instruction.cmd == "healthcheck"
	instruction.stage in data.lib.dockerfile.shipped
}

runs_something if {
	some instruction in data.lib.dockerfile.own_instructions
	instruction.cmd in {"cmd", "entrypoint"}
	instruction.stage in data.lib.dockerfile.shipped
}

# A base image other than scratch mostly has a command of its own.
runs_something if lower(data.lib.dockerfile.root_image(data.lib.dockerfile.final_stage.index)) != "scratch"
