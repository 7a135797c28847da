//! Every lockfile, and what differs from the list of the tool, judged.

use crate::case::{Case, Flags};

const NODE: &[&str] = &["express Runtime", "fsevents Optional", "ms Runtime", "semver Development"];
const PYTHON: &[&str] = &["attrs Optional", "flask Runtime", "pytest Development", "requests Runtime"];

pub(crate) const CASES: &[Case] = &[
    // Node
    case("pnpm-7", "pnpm-lock.yaml").direct(NODE),
    case("pnpm-8", "pnpm-lock.yaml").direct(NODE),
    case("pnpm-9", "pnpm-lock.yaml").direct(NODE),
    case("pnpm-10", "pnpm-lock.yaml").direct(NODE),
    case("yarn-1", "yarn.lock").direct(NODE),
    case("yarn-4", "yarn.lock").direct(NODE),
    case("bun", "bun.lock").direct(NODE),
    case("deno-2.1.4", "deno.lock"),
    case("deno-2.9.6", "deno.lock"),
    // Python
    case("uv", "uv.lock").direct(PYTHON),
    case("pylock", "pylock.toml").direct(PYTHON),
    case("pipenv", "Pipfile.lock").direct(&["flask Runtime", "pytest Development"]),
    case("poetry-1", "poetry.lock"),
    case("poetry-2", "poetry.lock"),
    case("pdm", "pdm.lock"),
    case("pip-tools", "requirements.txt"),
    case("pip-tools-lines", "requirements.txt"),
    case("pip-lock", "pylock.toml"),
    case("conda-lock", "conda-lock.yml"),
    case("conda-explicit", "conda-linux-64.lock"),
    case("pixi-6", "pixi.lock"),
    case("pixi-7", "pixi.lock"),
    // Java and .NET
    // Maven's list without what it finds in the poms of others, which are in no tree.
    case("maven", "pom.xml").direct(&[
        "com.google.guava:guava Runtime",
        "junit:junit Development",
        "org.slf4j:slf4j-api Runtime",
    ]),
    case("nuget", "packages.config"),
    // Ruby, PHP, Perl
    case("bundler", "Gemfile.lock"),
    case("bundler-debian", "Gemfile.lock"),
    case("composer", "composer.lock"),
    case("composer-installed", "vendor/composer/installed.json"),
    case("carton", "cpanfile.snapshot"),
    // Erlang and Elixir, Haskell, C
    case("mix", "mix.lock"),
    case("rebar", "rebar.lock"),
    case("rebar-hex", "rebar.lock"),
    case("cabal", "cabal.project.freeze"),
    case("stack", "stack.yaml.lock"),
    case("conan-1", "conan.lock"),
    case("conan-2", "conan.lock"),
    // Infrastructure
    case("helm", "Chart.lock"),
    case("terraform", ".terraform.lock.hcl"),
    case("flake", "flake.lock"),
];

const fn case(folder: &'static str, file: &'static str) -> Case {
    Case { folder, file, flags: Flags::Compared, direct: &[], differences: &[] }
}

impl Case {
    const fn direct(self, direct: &'static [&'static str]) -> Case {
        Case { direct, ..self }
    }

    const fn differs(self, differences: &'static [(&'static str, &'static str)]) -> Case {
        Case { differences, ..self }
    }

    const fn without_flags(self) -> Case {
        Case { flags: Flags::NotSaid, ..self }
    }
}
