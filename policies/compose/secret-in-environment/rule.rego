# METADATA
# scope: package
# title: Secret written into a Compose file
# description: A secret in the file is readable by all who can read the repository and its history, and by whoever can look at the container.
# related_resources:
#   - https://docs.docker.com/compose/how-tos/use-secrets/
# custom:
#   id: compose/secret-in-environment
#   severity: high
#   remediation: Give it as one of `secrets`, or as a variable without a default that a file outside the repository sets, and replace the secret that was written down.
#   profiles:
#     - recommended
#     - strict
package compose.secret_in_environment

import rego.v1

deny contains result if {
	some service in data.lib.compose.services
	some pair in data.lib.compose.environment(service)
	severity := disclosure(pair)
	result := {
		"msg": sprintf("%s has a secret written into variable `%s`", [service.subject, pair.name]),
		"severity": severity,
		"path": pair.path,
		"conceal": data.lib.secrets.concealed(pair.name, data.lib.compose.readable(pair.value)),
	}
}

# Arguments of a build stay in the history of its image as well.
deny contains result if {
	some service in data.lib.compose.services
	some pair in data.lib.compose.pairs(object.get(service.spec, ["build", "args"], {}), array.concat(service.path, ["build", "args"]))
	severity := disclosure(pair)
	result := {
		"msg": sprintf("%s has a secret written into argument `%s` of its build", [service.subject, pair.name]),
		"severity": severity,
		"path": pair.path,
		"conceal": data.lib.secrets.concealed(pair.name, data.lib.compose.readable(pair.value)),
	}
}

# What a program is called with is seen by everyone who can list processes.
deny contains result if {
	some service in data.lib.compose.services
	some field in ["command", "entrypoint"]
	text := words(service.spec[field])
	some match in regex.find_all_string_submatch_n(option, text, -1)
	data.lib.secrets.is_literal(match[2])
	result := {
		"msg": sprintf("%s has a secret written into option `%s` of its command", [service.subject, match[1]]),
		"path": array.concat(service.path, [field]),
		"conceal": [match[2]],
	}
}

option := `(?:^|[ '"])(--?[a-z-]*(?:password|passwd|requirepass|token|secret|secret-key|api-key))[= ]['"]?([^-'" ][^'" ]*)`

words(command) := command if {
	is_string(command)
} else := concat(" ", [word | some word in command; is_string(word)]) if {
	is_array(command)
}

# A default is used where nobody sets the variable, and mostly nobody does.
disclosure(pair) := "high" if {
	data.lib.secrets.is_disclosed(pair.name, pair.value)
} else := "medium" if {
	contains(sprintf("%v", [pair.value]), "$")
	data.lib.secrets.is_disclosed(pair.name, data.lib.compose.interpolated(pair.value))
}
