# METADATA
# scope: package
# title: Secret in the environment
# description: Values of ENV are in the configuration of the image, for everyone who can pull it.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
# custom:
#   id: image/secret-in-env
#   kind: image
#   severity: high
#   remediation: Give the secret to the program when it starts, and replace the one that was written down.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.10
#   equivalents:
#     - trivy:DS-0031
#     - dockle:CIS-DI-0010
package image.secret_in_env

import rego.v1

# The value is never repeated.
deny contains result if {
	variable := input.config.env[index]
	data.lib.image.is_secret(variable)
	result := {
		"msg": sprintf("ENV `%v` holds a secret", [variable.name]),
		"path": ["config", "env", index, "name"],
		"conceal": data.lib.secrets.concealed(variable.name, variable.value),
	}
}
