//! The registry of formats. A new one is a folder and a row here.

use std::fmt;
use std::io;
use std::str::FromStr;

use model::Report;

use crate::{Options, cyclonedx, github, gitlab, html, json, junit, markdown, sarif, spdx, text};

macro_rules! formats {
    ($($(#[$doc:meta])* $variant:ident $name:literal $extension:literal $write:path;)*) => {
        /// The formats a report can be written in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Format {
            $($(#[$doc])* $variant,)*
        }

        const REGISTRY: &[Entry] = &[$(Entry {
            format: Format::$variant, name: $name, extension: $extension, write: $write,
        }),*];

        impl Format {
            /// All of them.
            pub const ALL: &[Format] = &[$(Format::$variant),*];
        }
    };
}

formats! {
    /// For people: source lines, fixes, coverage, the verdict.
    Text "text" "txt" text::write;
    /// The report itself; its shape is published.
    Json "json" "json" json::write;
    /// SARIF 2.1.0, for code scanning services and editors.
    Sarif "sarif" "sarif" sarif::write;
    /// Annotations of a GitHub workflow.
    Github "github" "txt" github::write;
    /// JUnit XML, for build servers.
    Junit "junit" "xml" junit::write;
    /// A summary for a comment or a step.
    Markdown "markdown" "md" markdown::write;
    /// One HTML file that loads nothing.
    Html "html" "html" html::write;
    /// GitLab's container scanning: packages of images.
    GitlabContainer "gitlab-container" "json" gitlab::write_container;
    /// GitLab's dependency scanning: packages of everything else.
    GitlabDependency "gitlab-dependency" "json" gitlab::write_dependency;
    /// GitLab's static analysis: what has a line and no package.
    GitlabSast "gitlab-sast" "json" gitlab::write_static;
    /// CycloneDX 1.6: components and their vulnerabilities.
    Cyclonedx "cyclonedx" "cdx.json" cyclonedx::write;
    /// SPDX 2.3: components.
    Spdx "spdx" "spdx.json" spdx::write;
}

struct Entry {
    format: Format,
    name: &'static str,
    extension: &'static str,
    write: fn(&Report, &Options, &mut dyn io::Write) -> io::Result<()>,
}

/// A word that names no format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFormat(String);

/// Writes a report. Equal reports and options give equal bytes.
pub fn write(report: &Report, format: Format, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    (format.entry().write)(report, options, out)
}

impl Format {
    /// The name on the command line.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// What a file of this format is called, without the dot.
    pub fn extension(self) -> &'static str {
        self.entry().extension
    }

    fn entry(self) -> &'static Entry {
        REGISTRY.iter().find(|entry| entry.format == self).expect("every format has a row, one macro makes both")
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Format, UnknownFormat> {
        let entry = REGISTRY.iter().find(|entry| entry.name == name);
        entry.map(|entry| entry.format).ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
        write!(f, "`{}` is no report format; there are {}", self.0, names.join(", "))
    }
}

impl std::error::Error for UnknownFormat {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_round_trip() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(*format));
        }
        let error = "yaml".parse::<Format>().expect_err("no such format");
        assert_eq!(
            error.to_string(),
            "`yaml` is no report format; there are text, json, sarif, github, junit, markdown, html, gitlab-container, gitlab-dependency, gitlab-sast, cyclonedx, spdx"
        );
    }
}
