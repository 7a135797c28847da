//! `scan` and its narrower forms.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use portcullis::model::Outcome;
use portcullis::{Cancel, Config, Scanner, Source, report};

use crate::arguments::ScanArguments;
use crate::settings::{self, SettingsFile};
use crate::source::{self, Accepted};
use crate::{cache, exit, output, terminal};

/// Scans, writes every report asked for, and ends with the verdict's code.
pub(crate) fn run(arguments: &ScanArguments, accepted: Accepted) -> anyhow::Result<ExitCode> {
    let words: Vec<&str> = match arguments.sources.as_slice() {
        [] => vec!["."],
        words => words.iter().map(String::as_str).collect(),
    };
    let limits = settings::limits(BTreeMap::new(), &arguments.limits)?;
    let sources = words
        .iter()
        .map(|word| source::parse(word, arguments.name.as_deref(), &limits, accepted))
        .collect::<anyhow::Result<Vec<Source>>>()?;
    #[cfg(feature = "registry")]
    if let Some(Source::Registry(reference)) = sources.iter().find(|source| matches!(source, Source::Registry(_)))
        && arguments.offline
    {
        anyhow::bail!("{reference} lies in a registry, and --offline forbids the network");
    }
    let paths = paths(&sources);
    let settings = SettingsFile::load(arguments, &folders(&sources, &paths))?;
    let outputs = output::parse(settings.formats(arguments))?;
    let config = settings.into_config(arguments, &paths)?;
    let cache = config.reading.cache.clone();
    let scanner = Scanner::new(Config { keep_other_policies: true, ..config })?;
    scanner.policy_faults().iter().for_each(|fault| terminal::error(&fault.to_string()));
    let cancel = match arguments.timeout {
        Some(seconds) => Cancel::with_deadline(Instant::now() + Duration::from_secs(seconds)),
        None => Cancel::new(),
    };
    let report = scanner.scan(&sources, &cancel)?;
    if let Some(cache) = &cache {
        cache::say(cache, arguments.quiet, arguments.verbose);
    }
    let options = report::Options {
        color: arguments.color.for_stdout(),
        include_suppressed: arguments.include_suppressed,
        verbose: arguments.verbose,
        list: arguments.list,
        ..output::options()
    };
    let code = exit::of(report.verdict.exit_code);
    if let Err(error) = output::write_all(&outputs, &report, &options)
        && !exit::is_broken_pipe(&error)
    {
        return Err(error);
    }
    if words.contains(&"-") && !arguments.quiet {
        let is_nothing = report.verdict.outcome == Outcome::Nothing;
        say_of_standard_input(&sources, is_nothing && arguments.name.is_none());
    }
    // The process ends here: giving a hundred thousand pieces back one by one would only take time.
    std::mem::forget((report, scanner, sources));
    Ok(code)
}

/// A command before it that failed gives nothing, and a file without a name may be passed over.
fn say_of_standard_input(sources: &[Source], is_nameless: bool) {
    if sources.iter().any(|source| matches!(source, Source::Bytes { bytes, .. } if bytes.is_empty())) {
        terminal::note("standard input is empty; did the command that should fill it fail?");
    } else if is_nameless {
        terminal::note("standard input has no name that tells what it is; give one, as in --name package-lock.json");
    }
}

/// What a settings file may lie in: `paths`, and folders that are read as something else.
fn folders(sources: &[Source], paths: &[PathBuf]) -> Vec<PathBuf> {
    use portcullis::artifact::Source as Artifact;
    let other = |source: &Source| match source {
        Source::Artifact(Artifact::Rootfs(path) | Artifact::OciLayout(path)) => Some(path.clone()),
        _ => None,
    };
    paths.iter().cloned().chain(sources.iter().filter_map(other)).collect()
}

fn paths(sources: &[Source]) -> Vec<PathBuf> {
    use portcullis::artifact::Source as Artifact;
    sources
        .iter()
        .filter_map(|source| match source {
            Source::Detect(path) | Source::Artifact(Artifact::Directory(path) | Artifact::File(path)) => {
                Some(path.clone())
            }
            _ => None,
        })
        .collect()
}
