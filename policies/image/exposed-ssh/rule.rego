# METADATA
# scope: package
# title: Port of SSH exposed
# description: A server for SSH in a container is one more way in, with keys and passwords of its own to look after.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#expose
# custom:
#   id: image/exposed-ssh
#   kind: image
#   severity: medium
#   remediation: Remove the server; enter the container through its engine.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - trivy:DS-0004
package image.exposed_ssh

import rego.v1

deny contains result if {
	port := input.config.exposed_ports[index]
	is_ssh(port)
	result := {
		"msg": sprintf("the image exposes `%v`, the port of SSH", [port]),
		"path": ["config", "exposed_ports", index],
	}
}

is_ssh(port) if port in {"22", "22/tcp"}
