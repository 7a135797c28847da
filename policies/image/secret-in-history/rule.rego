# METADATA
# scope: package
# title: Secret in the history
# description: Values of build arguments and of what a command is given are in the history of the image, for everyone who can pull it.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
# custom:
#   id: image/secret-in-history
#   kind: image
#   severity: high
#   remediation: Give the secret to the build with `RUN --mount=type=secret`, and replace the one that was written down.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.10
#   equivalents:
#     - trivy:DS-0031
#     - dockle:CIS-DI-0010
package image.secret_in_history

import rego.v1

# What ENV leaves in the environment is said there. The value is never repeated.
deny contains result if {
	step := input.history[index]
	variable := step.variables[place]
	data.lib.image.is_secret(variable)
	not data.lib.image.is_in_environment(variable)
	result := {
		"msg": sprintf("step %v of the history gives `%v` a secret", [index, variable.name]),
		"path": ["history", index, "variables", place, "name"],
		"conceal": data.lib.secrets.concealed(variable.name, variable.value),
	}
}

deny contains result if {
	step := input.history[index]
	data.lib.secrets.is_secret_value(step.instruction)
	data.lib.secrets.is_secret_value(without_found(step))
	result := {
		"msg": sprintf("the command of step %v of the history holds a secret", [index]),
		"path": ["history", index, "instruction"],
	}
}

# The instruction without the values that are found as variables.
without_found(step) := strings.replace_n(found, step.instruction) if {
	found := {variable.value: "" |
		variable := step.variables[_]
		data.lib.image.is_secret(variable)
		variable.value != ""
	}
}
