# METADATA
# scope: package
# title: Cache used where a release is made
# description: "Every run of the repository may write the cache, also one that somebody's pull request or a bad dependency got into: what it left there is built into the release."
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/dependency-caching#restrictions-for-accessing-a-cache
#   - https://codeql.github.com/codeql-query-help/actions/actions-cache-poisoning-poisonable-step/
# custom:
#   id: github-actions/cache-poisoning
#   severity: medium
#   remediation: Turn the cache off in workflows that publish.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - zizmor:cache-poisoning
package github_actions.cache_poisoning

import rego.v1

deny contains result if {
	is_release
	some step in data.lib.github.job_steps
	cause := restored(step)
	result := {
		"msg": sprintf("%s takes what an earlier run left in the cache, and this workflow makes a release", [step.subject]),
		"path": cause,
	}
}

# Releases and tags start what makes a release.
is_release if "release" in data.lib.github.events

is_release if {
	input.on.push.tags[_]
	not input.on.push.branches
}

# Actions that are there to restore a cache.
caches := {
	"actions/cache", "actions/cache/restore", "swatinem/rust-cache", "mozilla-actions/sccache-action", "hendrikmuhs/ccache-action",
	"buildjet/cache", "namespacelabs/nscloud-cache-action", "runs-on/cache", "ubicloud/cache",
	"determinatesystems/magic-nix-cache-action",
}

# Inputs that switch a cache on, and the values that leave it off.
switches := {
	"actions/setup-node": {"cache": {"", "false"}},
	"actions/setup-python": {"cache": {"", "false"}},
	"actions/setup-java": {"cache": {"", "false"}},
	"actions/setup-dotnet": {"cache": {"", "false"}},
	"actions/setup-go": {"cache": {"false"}},
	"actions-rust-lang/setup-rust-toolchain": {"cache": {"false"}},
	"astral-sh/setup-uv": {"enable-cache": {"", "false"}},
	"docker/build-push-action": {"cache-from": {""}},
	"ruby/setup-ruby": {"bundler-cache": {"", "false"}},
	"subosito/flutter-action": {"cache": {"", "false"}},
	"pnpm/action-setup": {"cache": {"", "false"}},
	"prefix-dev/setup-pixi": {"cache": {"", "false"}},
	"moonrepo/setup-rust": {"cache": {"false"}},
	"graalvm/setup-graalvm": {"cache": {"", "false"}},
}

restored(step) := array.concat(step.path, ["uses"]) if {
	data.lib.github.calls_one_of(step, caches)
	not data.lib.github.is_true(data.lib.github.with_input(step, "lookup-only"))
} else := data.lib.github.input_path(step, name) if {
	some name, off in switches[data.lib.github.action_name(step.spec.uses)]
	value := data.lib.github.with_input(step, name)
	value != null
	not lower(trim_space(sprintf("%v", [value]))) in off
	is_remote(name, value)
}

# Of a build with Docker only what other runs can write counts.
is_remote(name, value) if {
	name == "cache-from"
	contains(sprintf("%v", [value]), "type=gha")
}

is_remote(name, _) if name != "cache-from"
