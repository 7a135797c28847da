# METADATA
# scope: package
# title: Docker service without TLS
# description: "Without TLS everything that reaches the service, also a test or a container it started, can ask a privileged Docker for anything."
# related_resources:
#   - https://docs.gitlab.com/ci/docker/using_docker_build/#use-docker-in-docker
# custom:
#   id: gitlab-ci/docker-without-tls
#   severity: medium
#   remediation: "Set `DOCKER_TLS_CERTDIR: \"/certs\"` and leave `DOCKER_HOST` out; or build images without a daemon."
#   profiles:
#     - recommended
#     - strict
package gitlab_ci.docker_without_tls

import rego.v1

deny contains result if {
	some variable in data.lib.gitlab.variables
	words := fault(variable.name, sprintf("%v", [variable.value]))
	result := {
		"msg": sprintf("%s talks to Docker without TLS: `%s` %s", [variable.owner.subject, variable.name, words]),
		"path": variable.path,
	}
}

fault("DOCKER_TLS_CERTDIR", value) := "is empty" if value in {"", "null"}

fault("DOCKER_HOST", value) := "has the port without TLS" if regex.match(`^tcp://[^/]*:2375(/|$)`, value)

fault("DOCKER_TLS_VERIFY", value) := "is off" if value in {"", "0", "false"}

deny contains result if {
	some owner in data.lib.gitlab.owners
	some index
	service := owner.spec.services[index]
	words := sprintf("%v", [service.command])
	regex.match(`--tls[=" ,]+(false|0)|--tlsverify[=" ,]+(false|0)|tcp://[^"]*:2375`, words)
	result := {
		"msg": sprintf("%s has a Docker service that asks for no certificate", [owner.subject]),
		"path": array.concat(owner.path, ["services", index, "command"]),
	}
}
