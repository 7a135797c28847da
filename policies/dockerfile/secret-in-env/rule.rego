# METADATA
# scope: package
# title: Secret in ENV or ARG
# description: Values of ENV are in the image for everyone who can pull it; values of ARG are in its history.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
# custom:
#   id: dockerfile/secret-in-env
#   severity: high
#   remediation: Give the secret to the build with `RUN --mount=type=secret`, to the program when it starts, and replace the one that was written down.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.10
#   equivalents:
#     - trivy:DS-0031
package dockerfile.secret_in_env

import rego.v1

deny contains result if {
	some instruction in data.lib.dockerfile.instructions
	instruction.cmd == "env"
	some index, name in instruction.values
	index % 3 == 0
	value := data.lib.dockerfile.unquoted(instruction.values[index + 1])
	is_given_away(name, value)
	result := {
		"msg": sprintf("ENV `%s` puts a secret into the image", [name]),
		"path": [instruction.index, "Value", index],
		"conceal": data.lib.secrets.concealed(name, value),
	}
}

deny contains result if {
	some instruction in data.lib.dockerfile.instructions
	instruction.cmd == "arg"
	some index, word in instruction.values
	name := split(word, "=")[0]
	is_secret_argument(name, word)
	result := {
		"msg": sprintf("ARG `%s` leaves a secret in the history of the image", [name]),
		"path": [instruction.index, "Value", index],
		"conceal": data.lib.secrets.concealed(name, default_of(word)),
	}
}

is_given_away(name, value) if data.lib.secrets.is_disclosed(name, value)

# The value of an argument: what was given to the build is now in the image.
is_given_away(name, value) if {
	data.lib.secrets.is_secret_name(name)
	reference := regex.find_all_string_submatch_n(`^[$]\{?([A-Za-z_][A-Za-z0-9_]*)\}?$`, value, 1)[0][1]
	reference in arguments
}

# An argument without a default is there to be given the secret.
is_secret_argument(name, word) if {
	not contains(word, "=")
	data.lib.secrets.is_secret_name(name)
}

is_secret_argument(name, word) if {
	contains(word, "=")
	data.lib.secrets.is_disclosed(name, default_of(word))
}

default_of(word) := data.lib.dockerfile.unquoted(substring(word, indexof(word, "=") + 1, -1)) if {
	contains(word, "=")
} else := ""

arguments contains name if {
	some instruction in data.lib.dockerfile.instructions
	instruction.cmd == "arg"
	some word in instruction.values
	name := split(word, "=")[0]
}
