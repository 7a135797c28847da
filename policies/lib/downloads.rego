# METADATA
# title: Downloads that are run at once
# description: Finds in the commands of a script what hands a download to a program that runs it
package lib.downloads

import rego.v1

# Words of which a script that downloads has one. Asked first, they save taking apart what has none.
words := {"curl", "wget", "fetch", "http", "aria2c", "iex", "nvoke-", "IEX", "iwr", "irm"}

downloaders := {"curl", "wget", "fetch", "http", "https", "aria2c"}

interpreters := {"python", "python2", "python3", "perl", "ruby", "node", "php", "pwsh", "lua"}

# What a script does with what it downloads, as messages; {"text", "commands"} is what lib.shell makes of it.
run_at_once(script) := (piped(script) | substituted(script)) | evaluated(script)

# A pipe from a download to what runs it, whatever stands between them.
piped(script) := {message |
	some end, command in script.commands
	command.is_piped
	runs_input(command)
	some start, download in script.commands
	start < end
	download.name in downloaders
	every between in array.slice(script.commands, start + 1, end + 1) {
		between.is_piped
	}
	message := sprintf("what `%s` downloads is run by `%s`", [download.name, command.name])
}

# Substitutions: sh -c "$(curl …)", bash <(curl …), eval `curl …`.
substituted(script) := {"what is downloaded is run at once" |
	regex.match(`(^|[^A-Za-z0-9_.-])(sh|bash|dash|ash|zsh|ksh|eval|source|[.])[ \t]([^;&|\n]*[ \t"'])?("?[$]\(|<\(|"?[\x60])[ \t]*(curl|wget)[ \t]`, script.text)
}

# PowerShell: iwr … | iex, iex (…).DownloadString(…).
evaluated(script) := {"what is downloaded is run at once" |
	lowered := lower(script.text)
	regex.match(`(^|[^a-z])(iex|invoke-expression)([^a-z]|$)`, lowered)
	regex.match(`downloadstring|(^|[^a-z])(iwr|irm|invoke-webrequest|invoke-restmethod)([^a-z]|$)`, lowered)
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
