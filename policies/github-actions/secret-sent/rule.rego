# METADATA
# scope: package
# title: Secret sent in a request
# description: "A secret in the body or the address of a request ends in the logs of whoever is on the way and at the other end; without encryption everybody on the way reads it."
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use#use-secrets-for-sensitive-information
# custom:
#   id: github-actions/secret-sent
#   severity: medium
#   remediation: Send it over HTTPS in a header, read from a file or a variable; remove the request if you do not know what it is for.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - checkov:CKV_GHA_3
package github_actions.secret_sent

import rego.v1

senders := {"curl", "wget", "nc", "ncat", "netcat", "http", "https"}

deny contains result if {
	some script in data.lib.github.scripts
	data.lib.github.contains_any(script.text, senders)
	some command in data.lib.script.commands(script.text)
	some parsed in data.lib.script.parsed(secrets_named(script.step, command.joined))
	some call in parsed.commands
	call.name in senders
	fault := faults(call)
	result := {
		"msg": sprintf("%s: `%s` sends a secret %s", [script.step.subject, call.name, fault.words]),
		"severity": fault.severity,
		"path": script.path,
		"text": command.line,
	}
}

# A mark that stays one word in the place of every expression and variable that is a secret.
mark := "SECRET_HERE"

secrets_named(step, line) := strings.replace_n(variables(step, line), regex.replace(line, `[$]\{\{[^}]*secrets[^}]*\}\}`, mark))

variables(step, line) := {spelled: mark |
	some values in data.lib.github.seen_environments(step)
	some name
	value := values[name]
	is_string(value)
	contains(line, name)
	regex.match(`[$]\{\{[^}]*secrets[.\[]`, value)
	some form in ["${%s}", "$%s"]
	spelled := sprintf(form, [name])
}

faults(call) := {"words": "without encryption", "severity": "high"} if {
	has_open_address(call)
	contains(concat(" ", call.args), mark)
} else := {"words": "in the address", "severity": "medium"} if {
	has_marked_address(call)
} else := {"words": "in its body", "severity": "medium"} if {
	has_marked_body(call)
} else := {"words": "without encryption", "severity": "high"} if {
	call.name in {"nc", "ncat", "netcat"}
	contains(concat(" ", call.args), mark)
}

has_open_address(call) if {
	some word in call.args
	regex.match(`^["']?http://`, word)
	not regex.match(`^["']?http://(localhost|127\.|\[::1\]|[a-z0-9_-]+(:|/|$))`, word)
}

has_marked_address(call) if {
	some word in call.args
	regex.match(sprintf(`^["']?https?://[^[:space:]]*[?&][^[:space:]]*%s`, [mark]), word)
}

has_marked_body(call) if {
	some index, word in call.args
	contains(word, mark)
	is_body(call, index, word)
}

is_body(call, index, _) if {
	index > 0
	regex.match(`^(-d|-F|-T|--data[a-z-]*|--form[a-z-]*|--json|--post-data|--body-data|--upload-file)$`, call.args[index - 1])
}

is_body(_, _, word) if regex.match(`^(-d|-F|--data[a-z-]*=|--form[a-z-]*=|--json=|--post-data=|--body-data=).`, word)
