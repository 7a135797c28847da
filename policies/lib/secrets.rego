# METADATA
# title: Secrets written down
# description: Tells from a variable's name and value whether a secret stands in the file
package lib.secrets

import rego.v1

# Names that hold a secret: DB_PASSWORD, api-key, authToken, spring.datasource.password.
secret_words := `(^|[_.-]|[a-z])(password|passwd|passphrase|pwd|secret|token|apikey|api[_.-]?key|access[_.-]?key|secret[_.-]?key|private[_.-]?key|encryption[_.-]?key|signing[_.-]?key|client[_.-]?secret|credentials?)([0-9]*)$`

# True for a name that says its value is a secret. What names a file, a place or a property of a secret does not match.
is_secret_name(name) if regex.match(secret_words, lower(name))

# True for a value that is there and is not a reference to one kept elsewhere.
is_literal(value) if {
	is_string(value)
	text := trim_space(value)
	text != ""
	not is_reference(text)
	not lower(text) in {"true", "false", "yes", "no", "on", "off", "none", "null", "nil", "undefined", "inherit"}
}

# Numbers are secrets only where people choose them.
is_literal(value) if is_number(value)

# Variables, templates, placeholders, paths, and addresses in a secret store.
is_reference(text) if regex.match(`^[$][A-Za-z_{(]|[$][({]|^<[^<>]*>$|^\{\{|\}\}$|^%[A-Za-z_]+%$|^(\./|\.\./|/|[A-Za-z]:\\)[A-Za-z0-9_./\\-]*$|^file:`, text)

is_reference(text) if regex.match(`^(vault|ref\+[a-z]+|sm|ssm|op|secretsmanager|arn:aws[a-z-]*:(secretsmanager|ssm)|projects/[^/]+/secrets|awssm|gcpsm|azurekv|akeyless|doppler|keyvault|secretref):`, lower(text))

is_reference(text) if is_placeholder(text)

# What people write where a secret would stand.
is_placeholder(text) if regex.match(`^(x{3,}|\*{3,}|placeholder|redacted|tbd|your[-_].*)$`, lower(text))

# Values that are a secret whatever their name: private keys and the tokens whose form is public.
is_secret_value(value) if {
	is_string(value)
	regex.match(known_secrets, value)
}

known_secrets := `-----BEGIN ([A-Z]+ )?PRIVATE KEY-----|(^|[^A-Za-z0-9])((AKIA|ASIA)[A-Z2-7]{16}|gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{50}|glpat-[A-Za-z0-9_-]{20}|xox[abprs]-[A-Za-z0-9-]{10}|sk_live_[A-Za-z0-9]{20}|npm_[A-Za-z0-9]{36}|AIza[A-Za-z0-9_-]{35})`

# An address with a password in it: scheme://user:password@host.
is_secret_value(value) if {
	is_string(value)
	some match in regex.find_all_string_submatch_n(`[a-z][a-z0-9+.-]*://[^/@:[:space:]]*:([^/@[:space:]]+)@`, value, -1)
	is_literal(match[1])
}

# A header that lets whoever reads it in: Authorization: Bearer TOKEN.
is_secret_value(value) if {
	is_string(value)
	text := lower(value)
	contains(text, "authorization")
	some match in regex.find_all_string_submatch_n(authorization, text, -1)
	is_credential(match[2], match[3])
}

# In lower case: the header as a shell, JSON or a program's option has it, what it gives, and what comes behind.
authorization := `authorization\\*["']?[[:space:]]*[:=](?:\\*[[:space:]])*\\*["']?(bearer|basic|token)(?:\\*[[:space:]])+([a-z0-9._~+/=-]+)(.?)`

# Long enough, neither a part of something filled in later nor the name of what would stand there. Prose goes on behind a word.
is_credential(text, next) if {
	count(text) >= 6
	not next in {"$", "{", "(", "`", "%", "<", "*"}
	not is_placeholder(text)
	not regex.match(`^([a-z]+[-_])*[a-z]*(token|password|credentials?|jwt|key|here)$|^\.+$`, text)
	regex.match(`[0-9]|["'\\]$`, concat("", [text, next]))
}

# True when a variable of this name and value gives a secret away.
is_disclosed(name, value) if {
	is_secret_name(name)
	is_literal(value)
	not is_flag(name, value)
}

is_disclosed(_, value) if is_secret_value(value)

# What the `conceal` of a result names, so that no report shows it. Forms that are public are covered without being named.
concealed(name, value) := [value] if {
	is_secret_name(name)
	is_literal(value)
} else := []

# A number is a secret only in a password: MAX_TOKEN=4096 is none.
is_flag(name, value) if {
	regex.match(`^[0-9]+$`, sprintf("%v", [value]))
	not regex.match(`pass|pwd`, lower(name))
}
