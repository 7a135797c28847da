# METADATA
# scope: package
# title: No health check
# description: Without a health check an engine takes a program that hangs for a healthy one. Kubernetes uses its own probes and ignores it.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#healthcheck
# custom:
#   id: image/missing-healthcheck
#   kind: image
#   severity: low
#   remediation: Add a HEALTHCHECK, or HEALTHCHECK NONE where something else watches the program; Podman and Buildah keep one only with `--format docker`.
#   profiles:
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.6
#   equivalents:
#     - trivy:DS-0026
#     - dockle:CIS-DI-0006
package image.missing_healthcheck

import rego.v1

# An image that runs nothing needs none.
deny contains result if {
	input.config.healthcheck == null
	runs_something
	result := {
		"msg": "the image has no health check",
		"path": ["config", "healthcheck"],
	}
}

runs_something if input.config.entrypoint[_]

runs_something if input.config.cmd[_]
