//! The reference implementations, and the ordering each is the reference of.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context as _;
use testkit::versions::{self, Recipe};
use version::Scheme;

use super::prepare;

/// One reference implementation.
pub(super) struct Judge {
    pub(super) recipe: Recipe,
    pub(super) scheme: Scheme,
    /// Its name with its version, and a sign for every line.
    pub(super) answer: fn(&str) -> anyhow::Result<(String, String)>,
    /// Who is right where they differ, for differences of a kind; the README beside the records explains the words.
    pub(super) judgement: fn(&str, &str) -> Option<&'static str>,
}

/// All of them.
pub(super) const JUDGES: &[Judge] = &[
    Judge { recipe: versions::DPKG, scheme: Scheme::Debian, answer: dpkg, judgement: |_, _| None },
    Judge { recipe: versions::RPM, scheme: Scheme::Rpm, answer: rpm, judgement: |_, _| None },
    Judge { recipe: versions::PEP440, scheme: Scheme::Pep440, answer: packaging, judgement: |_, _| None },
    Judge { recipe: versions::RUBYGEMS, scheme: Scheme::RubyGems, answer: rubygems, judgement: |_, _| None },
    Judge { recipe: versions::MAVEN, scheme: Scheme::Maven, answer: maven, judgement: nested_lists },
    Judge { recipe: versions::NPM, scheme: Scheme::SemVer, answer: npm, judgement: |_, _| None },
    Judge { recipe: versions::COMPOSER, scheme: Scheme::Packagist, answer: composer, judgement: filled_up },
    Judge { recipe: versions::GO, scheme: Scheme::Go, answer: go, judgement: |_, _| None },
];

/// Of maven-artifact, see the README beside the records.
fn nested_lists(left: &str, right: &str) -> Option<&'static str> {
    let either = |holds: fn(&str) -> bool| holds(left) || holds(right);
    let has_zeros = |text: &str| {
        let mut numbers = text.split(|c: char| !c.is_ascii_digit());
        numbers.any(|digits| digits.len() > 18 && digits.bytes().all(|digit| digit == b'0'))
    };
    let has_empty_piece = |text: &str| {
        let mut pieces = text.split(['.', '-']);
        pieces.any(str::is_empty)
    };
    let has_word_behind_dot =
        |text: &str| text.split('.').skip(1).any(|piece| !piece.starts_with(|c: char| c.is_ascii_digit()));
    if either(has_zeros) {
        Some("long-zero")
    } else if either(has_empty_piece) {
        Some("empty-piece")
    } else {
        either(has_word_behind_dot).then_some("word-behind-dot")
    }
}

/// Of Composer, see the README beside the records.
fn filled_up(left: &str, right: &str) -> Option<&'static str> {
    Some(if left.contains('+') || right.contains('+') { "build-metadata" } else { "four-numbers" })
}

fn dpkg(lines: &str) -> anyhow::Result<(String, String)> {
    prepare::debian("libdpkg-dev", Path::new("/usr/include/dpkg/version.h"))?;
    let folder = prepare::folder("dpkg")?;
    let program = folder.join("dpkg");
    let source = prepare::driver(&folder, "dpkg.c", include_str!("drivers/dpkg.c"))?;
    let mut compile = Command::new("cc");
    compile.args(["-O1", "-o"]).arg(&program).arg(source).args(["-ldpkg", "-lmd", "-lz", "-llzma", "-lbz2"]);
    prepare::done(&mut compile)?;
    let version =
        prepare::first_line(Command::new("dpkg-query").args(["-W", "-f", "libdpkg ${Version}", "libdpkg-dev"]))?;
    Ok((version, answers(&mut Command::new(program), lines)?))
}

fn rpm(lines: &str) -> anyhow::Result<(String, String)> {
    prepare::debian("rpm", Path::new("/usr/bin/rpm"))?;
    let folder = prepare::folder("rpm")?;
    let (asked, answered) = (folder.join("pairs"), folder.join("answers"));
    std::fs::write(&asked, lines)?;
    let script = include_str!("drivers/rpm.lua");
    let script = script.lines().filter(|line| !line.starts_with("--")).collect::<Vec<_>>().join("\n");
    let script = script.replace("PAIRS", &asked.to_string_lossy()).replace("ANSWERS", &answered.to_string_lossy());
    prepare::done(Command::new("rpm").arg("--eval").arg(format!("%{{lua: {script}}}")))?;
    let version = prepare::first_line(Command::new("rpm").arg("--version"))?;
    Ok((version, signs(&std::fs::read_to_string(answered)?)?))
}

fn packaging(lines: &str) -> anyhow::Result<(String, String)> {
    const PACKAGE: &str = "packaging==26.4";
    let folder = prepare::folder("packaging")?;
    if !folder.join("packaging").exists() {
        let mut install = Command::new("python3");
        install.args(["-m", "pip", "install", "--quiet", "--no-deps", "--target"]).arg(&folder).arg(PACKAGE);
        prepare::done(&mut install)?;
    }
    let script = prepare::driver(&folder, "compare.py", include_str!("drivers/packaging.py"))?;
    let answers = answers(Command::new("python3").arg(script).env("PYTHONPATH", &folder), lines)?;
    Ok((PACKAGE.replace("==", " "), answers))
}

fn rubygems(lines: &str) -> anyhow::Result<(String, String)> {
    prepare::debian("ruby", Path::new("/usr/bin/ruby"))?;
    let script = prepare::driver(&prepare::folder("rubygems")?, "compare.rb", include_str!("drivers/rubygems.rb"))?;
    let version = prepare::first_line(Command::new("ruby").args(["-e", "puts \"RubyGems #{Gem::VERSION}\""]))?;
    Ok((version, answers(Command::new("ruby").arg(script), lines)?))
}

fn maven(lines: &str) -> anyhow::Result<(String, String)> {
    const ARTIFACT: &str = "org.apache.maven:maven-artifact:3.9.11";
    let folder = prepare::folder("maven")?;
    let jar = folder.join("maven-artifact-3.9.11.jar");
    if !jar.exists() {
        let mut copy = Command::new("mvn");
        copy.args(["-q", "-B", "dependency:copy"]).arg(format!("-Dartifact={ARTIFACT}"));
        prepare::done(copy.arg(format!("-DoutputDirectory={}", folder.display())))?;
    }
    let source = prepare::driver(&folder, "Maven.java", include_str!("drivers/Maven.java"))?;
    let answers = answers(Command::new("java").arg("-cp").arg(&jar).arg(source), lines)?;
    Ok((ARTIFACT.replace("org.apache.maven:", "").replace(':', " "), answers))
}

fn npm(lines: &str) -> anyhow::Result<(String, String)> {
    const PACKAGE: &str = "semver@7.8.6";
    let folder = prepare::folder("semver")?;
    if !folder.join("node_modules/semver").exists() {
        let mut install = Command::new("npm");
        install.args(["install", "--silent", "--no-audit", "--no-fund", "--prefix"]).arg(&folder).arg(PACKAGE);
        prepare::done(&mut install)?;
    }
    let script = prepare::driver(&folder, "compare.js", include_str!("drivers/semver.js"))?;
    Ok((PACKAGE.replace('@', " "), answers(Command::new("node").arg(script), lines)?))
}

fn composer(lines: &str) -> anyhow::Result<(String, String)> {
    prepare::debian("php-cli", Path::new("/usr/bin/php"))?;
    prepare::debian("php-composer-semver", Path::new("/usr/share/php/Composer/Semver/autoload.php"))?;
    let script = prepare::driver(&prepare::folder("composer")?, "compare.php", include_str!("drivers/composer.php"))?;
    let mut ask = Command::new("dpkg-query");
    let version = prepare::first_line(ask.args(["-W", "-f", "composer/semver ${Version}", "php-composer-semver"]))?;
    Ok((version, answers(Command::new("php").arg(script), lines)?))
}

fn go(lines: &str) -> anyhow::Result<(String, String)> {
    const MODULE: &str = "golang.org/x/mod@v0.43.0";
    let folder = prepare::folder("go")?;
    prepare::driver(&folder, "main.go", include_str!("drivers/main.go.txt"))?;
    if !folder.join("go.mod").exists() {
        prepare::done(Command::new("go").args(["mod", "init", "compare"]).current_dir(&folder))?;
        prepare::done(Command::new("go").args(["get", MODULE]).current_dir(&folder))?;
    }
    let answers = answers(Command::new("go").args(["run", "."]).current_dir(&folder), lines)?;
    Ok((MODULE.replace('@', " "), answers))
}

/// Gives a program all lines and takes a sign for each.
fn answers(command: &mut Command, lines: &str) -> anyhow::Result<String> {
    let shown = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{shown} could not be started"))?;
    let mut stdin = child.stdin.take().context("it was asked for")?;
    let text = lines.to_owned();
    // Beside the reading: a program that answers line by line would wait for its answers to be read.
    let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let output = child.wait_with_output()?;
    anyhow::ensure!(output.status.success(), "{shown} ended with {}", output.status);
    writer.join().ok().context("the writer does not panic")??;
    signs(&String::from_utf8(output.stdout)?)
}

fn signs(text: &str) -> anyhow::Result<String> {
    let is_sign = |line: &&str| !matches!(*line, "<" | "=" | ">" | "!");
    if let Some(wrong) = text.lines().find(is_sign) {
        anyhow::bail!("`{wrong}` is no answer");
    }
    Ok(text.lines().collect())
}
