# METADATA
# scope: package
# title: Certificates not checked
# description: Without the check of certificates anyone on the way can send other files, and the build takes them.
# related_resources:
#   - https://curl.se/docs/sslcerts.html
# custom:
#   id: dockerfile/tls-check-disabled
#   severity: high
#   remediation: Remove the option; add the missing authority to the trust store.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.11
#   equivalents:
#     - checkov:CKV2_DOCKER_2
#     - checkov:CKV2_DOCKER_3
#     - checkov:CKV2_DOCKER_4
#     - checkov:CKV2_DOCKER_5
#     - checkov:CKV2_DOCKER_6
#     - checkov:CKV2_DOCKER_12
#     - checkov:CKV2_DOCKER_13
#     - checkov:CKV2_DOCKER_14
package dockerfile.tls_check_disabled

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"curl", "wget", "pip", "npm", "yarn", "git", "python", "TLS", "SSL", "HTTPS"})
	some command in data.lib.shell.commands
	option := unchecked(command)
	result := {
		"msg": sprintf("`%s` with `%s` does not check certificates", [command.name, option]),
		"path": [command.instruction.index],
		"text": data.lib.shell.at_word(command, option),
	}
}

unchecked(command) := word if {
	command.name == "curl"
	some word in command.args
	regex.match(`^(-[a-zA-Z]*k[a-zA-Z]*|--insecure|--proxy-insecure)$`, word)
	not is_value(word)
}

unchecked(command) := word if {
	command.name == "wget"
	some word in command.args
	word == "--no-check-certificate"
}

unchecked(command) := word if {
	regex.match(`^(pip[0-9.]*|python[0-9.]*)$`, command.name)
	some word in command.args
	startswith(word, "--trusted-host")
}

unchecked(command) := "strict-ssl false" if {
	command.name in {"npm", "yarn", "pnpm"}
	regex.match(`strict-ssl[ =]false`, concat(" ", command.args))
}

unchecked(command) := "http.sslVerify=false" if {
	command.name == "git"
	regex.match(`http\.sslverify[ =](false|0)`, lower(concat(" ", command.args)))
}

# Short options that take a value end the word: -ok is a file named k.
is_value(word) if regex.match(`^-[a-jl-zA-Z]*[oHAXdeuTxbcDEFKmPQrtUwyYz]k`, word)

variables := {
	"NODE_TLS_REJECT_UNAUTHORIZED": {"0"},
	"PYTHONHTTPSVERIFY": {"0"},
	"GIT_SSL_NO_VERIFY": {"1", "true"},
	"NPM_CONFIG_STRICT_SSL": {"false"},
}

deny contains result if {
	some instruction in data.lib.dockerfile.instructions
	instruction.cmd == "env"
	some index, name in instruction.values
	index % 3 == 0
	lower(data.lib.dockerfile.unquoted(instruction.values[index + 1])) in variables[upper(name)]
	result := {
		"msg": sprintf("ENV `%s` turns off the check of certificates", [name]),
		"path": [instruction.index, "Value", index],
	}
}

deny contains result if {
	data.lib.shell.mentions({"curl", "wget", "pip", "npm", "yarn", "git", "python", "TLS", "SSL", "HTTPS"})
	some command in data.lib.shell.commands
	some word in array.concat(command.prefix, exported(command))
	contains(word, "=")
	parts := split(word, "=")
	lower(data.lib.dockerfile.unquoted(parts[1])) in variables[upper(parts[0])]
	result := {
		"msg": sprintf("`%s` turns off the check of certificates", [parts[0]]),
		"path": [command.instruction.index],
		"text": data.lib.shell.at_word(command, word),
	}
}

exported(command) := command.args if {
	command.name == "export"
} else := []
