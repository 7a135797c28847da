# METADATA
# scope: package
# title: Download run by a shell
# description: "What the other side sends is run at once, unseen and unchecked: whoever holds the server or the way to it is root in the build."
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: dockerfile/pipe-to-shell
#   severity: medium
#   remediation: Fetch a fixed version to a file, compare its checksum or signature, then run it.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.11
package dockerfile.pipe_to_shell

import rego.v1

downloaders := {"curl", "wget", "fetch", "http", "https", "aria2c"}

interpreters := {"python", "python2", "python3", "perl", "ruby", "node", "php", "pwsh", "lua"}

# A pipe from a download to what runs it, whatever stands between them.
deny contains result if {
	data.lib.shell.mentions({"curl", "wget", "fetch", "http", "aria2c"})
	some script in data.lib.shell.scripts
	some end, command in script.commands
	command.is_piped
	runs_input(command)
	some start, download in script.commands
	start < end
	download.name in downloaders
	every between in array.slice(script.commands, start + 1, end + 1) {
		between.is_piped
	}
	result := {
		"msg": sprintf("what `%s` downloads is run by `%s`", [download.name, command.name]),
		"path": [command.instruction.index],
		"text": data.lib.shell.at(command),
	}
}

substituted := `(^|[^A-Za-z0-9_.-])(sh|bash|dash|ash|zsh|ksh|eval|source|[.])[ \t]([^;&|\n]*[ \t"'])?("?[$]\(|<\(|"?[\x60])[ \t]*(curl|wget)[ \t]`

# Substitutions: sh -c "$(curl …)", bash <(curl …), eval `curl …`.
deny contains result if {
	data.lib.shell.mentions({"curl", "wget"})
	some script in data.lib.shell.outer_scripts
	regex.match(substituted, script.text)
	some text in data.lib.shell.places(script, substituted)
	result := {
		"msg": "what is downloaded is run at once",
		"path": [script.instruction.index],
		"text": text,
	}
}

# PowerShell: iwr … | iex, iex (…).DownloadString(…).
deny contains result if {
	data.lib.shell.mentions({"iex", "nvoke-", "IEX"})
	some script in data.lib.shell.outer_scripts
	text := lower(script.text)
	regex.match(`(^|[^a-z])(iex|invoke-expression)([^a-z]|$)`, text)
	regex.match(`downloadstring|(^|[^a-z])(iwr|irm|invoke-webrequest|invoke-restmethod)([^a-z]|$)`, text)
	places := data.lib.shell.places(script, `(^|[^A-Za-z])([iI][eE][xX]|[iI]nvoke-[eE]xpression)([^A-Za-z]|$)`)
	result := {
		"msg": "what is downloaded is run at once",
		"path": [script.instruction.index],
		"text": places[0],
	}
}

# A shell reads its input unless it is given a command or a file.
runs_input(command) if {
	command.name in data.lib.shell.shells
	not has_program(command)
}

# To other interpreters the input is a program only when nothing else is.
runs_input(command) if {
	command.name in interpreters
	programs := [word | some word in command.args; word != "-"]
	count(programs) == 0
}

has_program(command) if {
	some word in command.args
	regex.match(`^-[a-z]*c$`, word)
}

has_program(command) if {
	words := data.lib.shell.verbs(command)
	words[0]
	not "-s" in command.args
	not reads_input(command)
}

reads_input(command) if {
	some word in command.args
	regex.match(`^-[a-z]*s[a-z]*$`, word)
}
