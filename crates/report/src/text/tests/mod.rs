//! What a person sees.

mod amounts;
mod whole;

use model::Report;

use crate::{Format, Options, write};

fn text(report: &Report, options: &Options) -> String {
    let mut bytes = Vec::new();
    write(report, Format::Text, options, &mut bytes).expect("a Vec takes every write");
    String::from_utf8(bytes).expect("text is UTF-8")
}

fn plain(report: &Report) -> String {
    text(report, &Options { width: 100, ..Options::default() })
}
