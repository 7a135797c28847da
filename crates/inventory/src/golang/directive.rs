//! The grammar: a directive a line, or a block of them in brackets.

use std::ops::Range;

use model::ProblemKind;

use crate::bounds::quote;
use crate::lines::{Line, lines};
use crate::package_list::PackageList;

/// What a line says. Others (`exclude`, `retract`, `tool`, `godebug`, `ignore`) name no package of the build.
pub(super) enum Directive<'t> {
    Go(Word<'t>),
    Toolchain(Word<'t>),
    Require { module: Module<'t>, indirect: bool },
    Replace { old: Module<'t>, new: Module<'t> },
}

/// A path and perhaps a version.
#[derive(Clone, Copy)]
pub(super) struct Module<'t> {
    pub(super) path: &'t str,
    pub(super) version: Option<&'t str>,
    first: Word<'t>,
    last: Word<'t>,
}

/// A word and where it is.
#[derive(Clone, Copy)]
pub(super) struct Word<'t> {
    pub(super) offset: usize,
    pub(super) text: &'t str,
}

impl Word<'_> {
    pub(super) fn range(&self) -> Range<usize> {
        self.offset..self.offset + self.text.len()
    }
}

impl Module<'_> {
    pub(super) fn range(&self) -> Range<usize> {
        self.first.offset..self.last.range().end
    }

    /// Without a version it can only be a folder; Go allows nothing else on the right of `=>`.
    pub(super) fn is_folder(&self) -> bool {
        self.version.is_none()
    }
}

/// All directives; a line that is none is a problem and the others stay.
pub(super) fn directives<'t>(text: &'t str, list: &mut PackageList<'_>) -> Vec<Directive<'t>> {
    read_all(text, "go.mod", list)
}

/// The same of a `go.work`, which also names the modules it joins.
pub(super) fn workspace_directives<'t>(text: &'t str, list: &mut PackageList<'_>) -> Vec<Directive<'t>> {
    read_all(text, "go.work", list)
}

fn read_all<'t>(text: &'t str, file: &str, list: &mut PackageList<'_>) -> Vec<Directive<'t>> {
    let mut found = Vec::new();
    let mut block: Option<Word<'_>> = None;
    let mut end = 0;
    for line in lines(text) {
        let (words, comment) = split(line);
        end = line.start;
        let (keyword, arguments) = match (block, words.as_slice()) {
            (_, []) => continue,
            (Some(_), [close]) if close.text == ")" => {
                block = None;
                continue;
            }
            (None, [keyword, open]) if open.text == "(" => {
                block = Some(*keyword);
                continue;
            }
            (Some(keyword), arguments) => (keyword, arguments),
            (None, [keyword, arguments @ ..]) => (*keyword, arguments),
        };
        if file == "go.work" && keyword.text == "use" {
            continue;
        }
        match read(keyword.text, arguments, comment) {
            Ok(directive) => found.extend(directive),
            Err(fault) => {
                let message = format!("`{}` {fault}: it is not read", quote(line.trimmed()));
                list.error(ProblemKind::Syntax, line.range().start, message);
            }
        }
    }
    if let Some(keyword) = block {
        let message = format!("the block of `{}` is not closed: the file is cut short", quote(keyword.text));
        list.error(ProblemKind::Truncated, end, message);
    }
    found
}

fn read<'t>(keyword: &str, words: &[Word<'t>], comment: &str) -> Result<Option<Directive<'t>>, &'static str> {
    Ok(match keyword {
        // The module itself is the project's own code.
        "module" => module(words).map(|_| None).ok_or("names no module")?,
        "go" => Some(Directive::Go(*words.first().ok_or("has no version")?)),
        "toolchain" => Some(Directive::Toolchain(*words.first().ok_or("has no version")?)),
        "require" => {
            let module = module(words).filter(|module| module.version.is_some());
            let indirect = comment == "indirect" || comment.starts_with("indirect;");
            Some(Directive::Require { module: module.ok_or("needs a module and its version")?, indirect })
        }
        "replace" => {
            let arrow = words.iter().position(|word| word.text == "=>").ok_or("has no `=>`")?;
            let old = module(&words[..arrow]).ok_or("does not say what is replaced")?;
            let new = module(&words[arrow + 1..]).ok_or("does not say by what")?;
            Some(Directive::Replace { old, new })
        }
        "exclude" | "retract" | "tool" | "godebug" | "ignore" => None,
        _ => return Err("is no directive"),
    })
}

fn module<'t>(words: &[Word<'t>]) -> Option<Module<'t>> {
    let (first, last) = (*words.first()?, *words.get(1).or(words.first())?);
    Some(Module { path: first.text, version: words.get(1).map(|word| word.text), first, last })
        .filter(|module| !module.path.is_empty() && words.len() <= 2)
}

/// The words of a line without quotes, and its comment without slashes.
fn split(line: Line<'_>) -> (Vec<Word<'_>>, &str) {
    let (code, comment) = line.text.split_once("//").unwrap_or((line.text, ""));
    let mut words = Vec::new();
    let mut at = 0;
    for word in code.split([' ', '\t', '\r']) {
        let start = line.start + at;
        at += word.len() + 1;
        // `require(` is written, too.
        match word.strip_suffix('(').filter(|word| !word.is_empty()) {
            Some(keyword) => {
                words.push(Word { offset: start, text: keyword });
                words.push(Word { offset: start + keyword.len(), text: "(" });
            }
            None if word.is_empty() => {}
            None => {
                let text = word.trim_matches(['"', '`']);
                words.push(Word { offset: start + (word.len() - word.trim_start_matches(['"', '`']).len()), text });
            }
        }
    }
    (words, comment.trim())
}
