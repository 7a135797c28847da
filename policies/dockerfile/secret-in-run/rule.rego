# METADATA
# scope: package
# title: Secret written in a command
# description: The command stands in the history of the image, and whoever pulls it reads the secret there.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
# custom:
#   id: dockerfile/secret-in-run
#   severity: high
#   remediation: "Mount it for the step: `RUN --mount=type=secret`."
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.10
package dockerfile.secret_in_run

import rego.v1

deny contains result if {
	some script in data.lib.shell.outer_scripts
	data.lib.secrets.is_secret_value(script.text)
	some text in places(script)
	result := {
		"msg": "a secret stands in the command",
		"path": [script.instruction.index],
		"text": text,
	}
}

# At the word, else at the command, else in the script as a whole.
places(script) := [found | some found in [words(script), commands(script), [[]]]; count(found) > 0][0]

words(script) := [data.lib.shell.at_word(command, word) |
	some command in script.commands
	some word in command.words
	data.lib.secrets.is_secret_value(word)
]

commands(script) := [data.lib.shell.at(command) |
	some command in script.commands
	data.lib.secrets.is_secret_value(concat(" ", command.words))
]

# curl -u user:password
deny contains result if {
	data.lib.shell.mentions({"curl", "wget"})
	some command in data.lib.shell.commands
	command.name in {"curl", "wget"}
	some index, word in command.args
	value := given(command.args, index, word)
	data.lib.secrets.is_literal(value)
	result := {
		"msg": sprintf("`%s` is given a password", [command.name]),
		"path": [command.instruction.index],
		"text": data.lib.shell.at_word(command, word),
		"conceal": [value],
	}
}

given(args, index, word) := password if {
	word in {"-u", "--user"}
	parts := split(args[index + 1], ":")
	count(parts) > 1
	password := concat(":", array.slice(parts, 1, count(parts)))
}

given(_, _, word) := password if {
	regex.match(`^--(http-|ftp-)?password=.`, word)
	password := substring(word, indexof(word, "=") + 1, -1)
}
