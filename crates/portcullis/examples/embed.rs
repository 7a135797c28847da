//! A gate in twenty lines: scan a folder, say what fails, end with the verdict's code.
#![allow(clippy::print_stdout)]

use portcullis::{Cancel, Config, Scanner, Source};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let scanner = Scanner::new(Config::new(portcullis::model::Timestamp::now()))?;
    let report = scanner.scan(&[Source::detect(path)], &Cancel::new())?;
    for finding in report.targets.iter().flat_map(|target| &target.findings).filter(|finding| finding.gate) {
        println!("{} {}: {}", finding.severity, finding.rule, finding.message);
    }
    std::process::exit(u8::from(report.verdict.exit_code).into())
}
