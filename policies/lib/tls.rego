# METADATA
# title: Certificates not checked
# description: Knows the options and variables with which programs take any certificate for the right one
package lib.tls

import rego.v1

# Words of which a script that leaves certificates unchecked has one.
words := {"curl", "wget", "pip", "npm", "yarn", "pnpm", "git", "python", "TLS", "SSL", "HTTPS", "ssl"}

# The options of a command that leave certificates unchecked.
unchecked(command) := {word |
	command.name == "curl"
	some word in command.args
	regex.match(`^(-[a-zA-Z]*k[a-zA-Z]*|--insecure|--proxy-insecure)$`, word)
	not is_value(word)
} | ({word |
	command.name == "wget"
	some word in command.args
	word == "--no-check-certificate"
} | ({"--trusted-host" |
	regex.match(`^(pip[0-9.]*|python[0-9.]*)$`, command.name)
	some word in command.args
	startswith(word, "--trusted-host")
} | settings(command)))

settings(command) := {"strict-ssl false"} if {
	command.name in {"npm", "yarn", "pnpm"}
	regex.match(`strict-ssl[ =]false`, concat(" ", command.args))
} else := {"http.sslVerify=false"} if {
	command.name == "git"
	regex.match(`http\.sslverify[ =](false|0)`, lower(concat(" ", command.args)))
} else := set()

# Short options that take a value end the word: -ok is a file named k.
is_value(word) if regex.match(`^-[a-jl-zA-Z]*[oHAXdeuTxbcDEFKmPQrtUwyYz]k`, word)

variables := {
	"NODE_TLS_REJECT_UNAUTHORIZED": {"0"},
	"PYTHONHTTPSVERIFY": {"0"},
	"GIT_SSL_NO_VERIFY": {"1", "true"},
	"NPM_CONFIG_STRICT_SSL": {"false"},
}

# True for a variable that leaves certificates unchecked.
turns_off(name, value) if lower(sprintf("%v", [value])) in variables[upper(name)]

# What in a command leaves certificates unchecked, as messages.
faults(command) := {message |
	some option in unchecked(command)
	message := sprintf("`%s` with `%s` does not check certificates", [command.name, option])
} | {message |
	some word in array.concat(command.prefix, exported(command))
	contains(word, "=")
	parts := split(word, "=")
	turns_off(parts[0], replace(replace(parts[1], `"`, ""), "'", ""))
	message := sprintf("`%s` turns off the check of certificates", [parts[0]])
}

exported(command) := command.args if {
	command.name == "export"
} else := []
