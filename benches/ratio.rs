//! Ratios between benchmarks of one run, read from what criterion measured: seconds do not travel between machines, ratios do.

#![allow(dead_code, clippy::print_stdout, reason = "each bench uses its own part, and prints it")]

use std::path::PathBuf;

/// The mean of a benchmark of this run, in nanoseconds; `None` when a filter left it out.
pub(crate) fn mean(id: &str) -> Option<f64> {
    let path = criterion_home().join(id).join("new/estimates.json");
    let text = std::fs::read_to_string(path).ok()?;
    let estimates: serde_json::Value = serde_json::from_str(&text).ok()?;
    estimates["mean"]["point_estimate"].as_f64()
}

/// Prints how `subject` compares with the sum of its bounds.
pub(crate) fn print(promise: &str, subject: &str, bounds: &[&str]) {
    let sum: Option<f64> = bounds.iter().map(|bound| mean(bound)).sum();
    match (mean(subject), sum) {
        (Some(subject), Some(bound)) if bound > 0.0 => println!("ratio  {promise}: {:.2}", subject / bound),
        _ => println!("ratio  {promise}: not measured in this run"),
    }
}

/// Prints an absolute figure, for those whose goal is one.
pub(crate) fn print_time(promise: &str, id: &str) {
    match mean(id) {
        Some(nanoseconds) if nanoseconds < 10_000.0 => println!("time   {promise}: {nanoseconds:.0} ns"),
        Some(nanoseconds) if nanoseconds < 10_000_000.0 => println!("time   {promise}: {:.1} µs", nanoseconds / 1e3),
        Some(nanoseconds) => println!("time   {promise}: {:.1} ms", nanoseconds / 1e6),
        None => println!("time   {promise}: not measured in this run"),
    }
}

/// Prints the absolute figure of one of several things that a benchmark does.
pub(crate) fn print_share(promise: &str, id: &str, count: usize) {
    match mean(id) {
        Some(nanoseconds) => println!("time   {promise}: {:.0} ns", nanoseconds / count as f64),
        None => println!("time   {promise}: not measured in this run"),
    }
}

fn criterion_home() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    std::env::var_os("CRITERION_HOME").map_or_else(|| target.join("criterion"), PathBuf::from)
}
