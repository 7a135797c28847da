# METADATA
# scope: package
# title: File with secrets copied into the image
# description: A file that is copied stays in its layer, even when a later instruction removes it.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
# custom:
#   id: dockerfile/secret-file-copied
#   severity: high
#   remediation: Mount the file with `RUN --mount=type=secret` for the build, and keep it out of the context with .dockerignore.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.10
package dockerfile.secret_file_copied

import rego.v1

deny contains result if {
	some instruction in data.lib.dockerfile.instructions
	instruction.cmd in {"add", "copy"}
	not data.lib.dockerfile.flag(instruction, "from")
	some source in array.slice(instruction.values, 0, count(instruction.values) - 1)
	is_secret_file(data.lib.dockerfile.unquoted(source))
	result := {
		"msg": sprintf("`%s` mostly holds secrets and is copied into the image", [data.lib.dockerfile.unquoted(source)]),
		"path": [instruction.index],
	}
}

is_secret_file(path) if regex.match(`(^|/)(\.env(\.(local|prod|production))?|\.netrc|\.npmrc|\.pypirc|\.git-credentials|\.pgpass|id_(rsa|dsa|ecdsa|ed25519)|kubeconfig|credentials\.json|terraform\.tfstate)$`, path)

is_secret_file(path) if regex.match(`(^|/)\.(aws|kube|ssh|gnupg)(/|$)|(^|/)\.docker/config\.json$|\.(p12|pfx|jks|keystore)$|(^|/)[A-Za-z0-9_.-]*(private|server|tls|ssl)[A-Za-z0-9_.-]*\.key$`, path)
