//! Every lockfile, and what differs from the list of the tool, judged.

use crate::case::{Case, Flags};

const NODE: &[&str] = &["express Runtime", "fsevents Optional", "ms Runtime", "semver Development"];
const NO_VERSION: &str =
    "from a repository or a folder: the lockfile has no version, the tool reads it in what it fetched";
const OF_THE_PROJECT: &str = "the project is a gem, and asks for this in its own gemspec";
const PACKAGE: &str = "the tool names the application, advisories the package it is in";
const COMPILER: &str = "comes with the compiler, whose packages are in no file of the project";
const PINNED: &str = "`stack.yaml` names it, so that is where it is raised; the tool looks at what `*.cabal` asks for";
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
    case("pip-tools", "requirements.txt").differs(&[
        ("- from-git 1.2.0 direct", NO_VERSION),
        ("+ from-git - direct", NO_VERSION),
        ("- inner 0.3.0 direct", NO_VERSION),
        ("+ inner - direct", NO_VERSION),
    ]),
    case("pip-tools-lines", "requirements.txt").differs(&[(
        "- setuptools 84.2.1 transitive",
        "pip-compile leaves what it calls unsafe out of the file unless it is told not to, so nothing is pinned",
    )]),
    case("pip-lock", "pylock.toml")
        .differs(&[("- from-git 1.2.0 direct", NO_VERSION), ("+ from-git - direct", NO_VERSION)]),
    case("conda-lock", "conda-lock.yml"),
    case("conda-explicit", "conda-linux-64.lock").without_flags(),
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
    case("bundler", "Gemfile.lock").differs(&[
        ("- made-locked 1.0.0 direct", "the project itself, which is no package that it uses"),
        ("- made-native 1.10.2 transitive", OF_THE_PROJECT),
        ("+ made-native 1.10.2 direct", OF_THE_PROJECT),
        ("+ made-java 3.2.1 direct", "locked for JRuby, and `bundle list` shows what this machine's Ruby would load"),
    ]),
    case("bundler-debian", "Gemfile.lock"),
    case("composer", "composer.lock"),
    case("composer-installed", "vendor/composer/installed.json"),
    case("carton", "cpanfile.snapshot"),
    // Erlang and Elixir, Haskell, C
    case("mix", "mix.lock").differs(&[
        ("- deep 2.1.0 transitive", NO_VERSION),
        ("+ deep - transitive", NO_VERSION),
        ("- text 1.4.0 direct", NO_VERSION),
        ("+ text - direct", NO_VERSION),
        ("- tool 0.3.0 direct", NO_VERSION),
        ("+ tool - direct", NO_VERSION),
        ("- inner 0.1.0 direct", "a folder of the project: Mix locks none"),
    ]),
    case("rebar", "rebar.lock").differs(&[
        ("- deep 2.1.0 transitive", NO_VERSION),
        ("+ deep - transitive", NO_VERSION),
        ("- text 1.4.0 direct", NO_VERSION),
        ("+ text - direct", NO_VERSION),
        ("- tool 0.3.0 direct", NO_VERSION),
        ("+ tool - direct", NO_VERSION),
    ]),
    case("rebar-hex", "rebar.lock").differs(&[("- text_app 1.4.0 direct", PACKAGE), ("+ text 1.4.0 direct", PACKAGE)]),
    case("cabal", "cabal.project.freeze").without_flags(),
    case("stack", "stack.yaml.lock").differs(&[
        ("- base 4.15.1.0 direct", COMPILER),
        ("- ghc-bignum 1.1 transitive", COMPILER),
        ("- ghc-prim 0.7.0 transitive", COMPILER),
        ("- rts 1.0.2 transitive", COMPILER),
        ("- made-deep 2.1.0 transitive", PINNED),
        ("+ made-deep 2.1.0 direct", PINNED),
    ]),
    case("conan-1", "conan.lock"),
    case("conan-2", "conan.lock"),
    // Infrastructure
    case("helm", "Chart.lock"),
    case("terraform", ".terraform.lock.hcl").without_flags(),
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
