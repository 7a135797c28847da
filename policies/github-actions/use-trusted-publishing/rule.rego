# METADATA
# scope: package
# title: Long-lived token used to publish
# description: "A token that publishes packages works for whoever gets hold of it, until somebody notices. The registry can trust the workflow itself instead, with a token that lives for minutes."
# related_resources:
#   - https://docs.pypi.org/trusted-publishers/
#   - https://docs.npmjs.com/trusted-publishers
#   - https://crates.io/docs/trusted-publishing
# custom:
#   id: github-actions/use-trusted-publishing
#   severity: low
#   remediation: "Name this workflow as trusted publisher at the registry, give the job `id-token: write`, and remove the token."
#   profiles:
#     - strict
#   equivalents:
#     - zizmor:use-trusted-publishing
package github_actions.use_trusted_publishing

import rego.v1

# Actions that can publish without a token, and the input that takes one.
inputs := {
	"pypa/gh-action-pypi-publish": "password",
	"rubygems/release-gem": "api-token",
	"rubygems/configure-rubygems-credentials": "api-token",
}

deny contains result if {
	some step in data.lib.github.steps
	name := inputs[data.lib.github.action_name(step.spec.uses)]
	data.lib.github.with_input(step, name) != null
	not is_other_registry(step)
	result := {
		"msg": sprintf("%s publishes with a token that lives long", [step.subject]),
		"path": data.lib.github.input_path(step, name),
	}
}

is_other_registry(step) if {
	address := data.lib.github.with_input(step, ["repository-url", "repository_url"][_])
	address != null
	not regex.match(`^https://(upload|test)\.pypi\.org`, sprintf("%v", [address]))
}

# Commands that publish, and the variable that hands them a token.
commands := [
	{"pattern": `(^|[^A-Za-z0-9_-])(npm|pnpm|yarn([[:space:]]+npm)?)[[:space:]]+([^|;&\n]*[[:space:]])?publish([[:space:]]|$)`, "variables": {"NODE_AUTH_TOKEN", "NPM_TOKEN"}},
	{"pattern": `(^|[^A-Za-z0-9_-])cargo[[:space:]]+publish([[:space:]]|$)`, "variables": {"CARGO_REGISTRY_TOKEN"}},
	{"pattern": `(^|[^A-Za-z0-9_-])twine[[:space:]]+upload`, "variables": {"TWINE_PASSWORD"}},
	{"pattern": `(^|[^A-Za-z0-9_-])(uv|poetry|hatch|flit|pdm)[[:space:]]+publish`, "variables": {"UV_PUBLISH_TOKEN", "UV_PUBLISH_PASSWORD", "POETRY_PYPI_TOKEN_PYPI", "HATCH_INDEX_AUTH", "FLIT_PASSWORD", "PDM_PUBLISH_PASSWORD"}},
	{"pattern": `(^|[^A-Za-z0-9_-])gem[[:space:]]+push`, "variables": {"GEM_HOST_API_KEY"}},
	{"pattern": `dotnet[[:space:]]+nuget[[:space:]]+push`, "variables": {"NUGET_API_KEY"}},
]

deny contains result if {
	some script in data.lib.github.scripts
	contains_publishing(script.text)
	some command in data.lib.script.commands(script.text)
	some known in commands
	regex.match(known.pattern, command.joined)
	some values in data.lib.github.seen_environments(script.step)
	some variable in known.variables
	contains(sprintf("%v", [values[variable]]), "secrets.")
	result := {
		"msg": sprintf("%s publishes with the token in `%s`, which lives long", [script.step.subject, variable]),
		"path": script.path,
		"text": command.line,
	}
}

contains_publishing(script) if data.lib.github.contains_any(script, {"publish", "upload", "push"})
