//! Images that a Dockerfile builds on: `FROM`, `COPY --from` and mounts of `RUN` (Dockerfile reference).

mod image;
mod instruction;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashMap;

use model::{ProblemKind, Relationship, Scope};

pub(crate) use self::image::add_image;
use self::instruction::{Instruction, instructions};
use crate::bounds::quote;
use crate::package_list::PackageList;
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "dockerfile";

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::NameMatches(is_dockerfile)).limit(1 << 20)],
    parse,
};

/// Ends of names that are about Dockerfiles: what they are made from, programs that read them, lists of what a build leaves out.
const OTHERS: [&str; 15] = [
    "adoc",
    "containerignore",
    "dockerignore",
    "go",
    "html",
    "j2",
    "js",
    "json",
    "md",
    "py",
    "rb",
    "rs",
    "template",
    "tmpl",
    "ts",
];

/// `Dockerfile`, `Containerfile`, `dev.Dockerfile` in any case; `Dockerfile.dev`, `Containerfile.linux.amd64`.
fn is_dockerfile(name: &str) -> bool {
    let is_known = |word: &str| ["dockerfile", "containerfile"].iter().any(|known| word.eq_ignore_ascii_case(known));
    let Some((start, end)) = name.rsplit_once('.') else { return is_known(name) };
    let is_other = OTHERS.iter().any(|other| end.eq_ignore_ascii_case(other));
    let first = start.split('.').next().unwrap_or_default();
    is_known(end) || (first.starts_with(['D', 'C']) && is_known(first) && !is_other)
}

/// What is known while the instructions are read.
#[derive(Default)]
struct Build<'t> {
    /// Arguments before the first `FROM`, with their defaults.
    arguments: HashMap<&'t str, String>,
    stages: Vec<String>,
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let text = list.text();
    let mut build = Build::default();
    for instruction in instructions(text) {
        match instruction.keyword().to_ascii_uppercase().as_str() {
            "ARG" if build.stages.is_empty() => build.take_argument(&instruction),
            "FROM" => build.take_stage(&instruction, &mut list),
            "COPY" | "ADD" => build.take_other(instruction.flag("from"), &instruction, &mut list),
            "RUN" => {
                for mount in instruction.flags("mount") {
                    let from = mount.split(',').find_map(|part| part.strip_prefix("from="));
                    build.take_other(from, &instruction, &mut list);
                }
            }
            _ => {}
        }
    }
    list.finish()
}

impl<'t> Build<'t> {
    fn take_argument(&mut self, instruction: &Instruction<'t>) {
        for word in instruction.words() {
            if let Some((name, value)) = word.split_once('=') {
                let value = self.expand(value.trim_matches(['"', '\'']));
                self.arguments.extend(value.ok().map(|value| (name, value.into_owned())));
            }
        }
    }

    /// `FROM [--platform=…] image [AS name]`. The last image is what ships; those before it only build, unless it builds on them.
    fn take_stage(&mut self, instruction: &Instruction<'t>, list: &mut PackageList<'_>) {
        let mut words = instruction.words();
        let image = words.next();
        if image.is_none() {
            list.error(ProblemKind::Syntax, instruction.range().start, "`FROM` names no image: it is not read");
        }
        let name = words.nth(1).map(str::to_lowercase);
        self.take_other(image, instruction, list);
        self.stages.push(name.unwrap_or_default());
    }

    fn take_other(&self, image: Option<&str>, instruction: &Instruction<'t>, list: &mut PackageList<'_>) {
        let Some(image) = image else { return };
        match self.expand(image.trim_matches(['"', '\''])) {
            Ok(image) if self.is_stage(&image) || image == "scratch" => {}
            Ok(image) => {
                if let Some(at) = add_image(&image, instruction.range(), list) {
                    let is_base = instruction.keyword().eq_ignore_ascii_case("from");
                    list.packages[at].relationship = Relationship::Direct;
                    list.packages[at].scope = if is_base { Scope::Unknown } else { Scope::Build };
                }
            }
            Err(name) => {
                let message = format!(
                    "image `{}` has no value for `{}` here: it is not known what is built on",
                    quote(image),
                    quote(name)
                );
                list.warning(ProblemKind::Unsupported, instruction.range().start, message);
            }
        }
    }

    fn is_stage(&self, image: &str) -> bool {
        let lower = image.to_lowercase();
        let is_number = image.parse::<usize>().is_ok_and(|number| number < self.stages.len());
        is_number || self.stages.contains(&lower)
    }

    /// Puts arguments in: `$NAME`, `${NAME}`, `${NAME:-default}`. The error is the name that has no value.
    fn expand<'w>(&self, word: &'w str) -> Result<Cow<'w, str>, &'w str> {
        let Some((before, rest)) = word.split_once('$') else { return Ok(Cow::Borrowed(word)) };
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let (name, default, rest) = match rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            Some((inner, rest)) => match inner.split_once(":-").or(inner.split_once('-')) {
                Some((name, default)) => (name, Some(default), rest),
                None => (inner, None, rest),
            },
            None => {
                let end = rest.find(|letter| !is_name(letter)).unwrap_or(rest.len());
                (&rest[..end], None, &rest[end..])
            }
        };
        let known = self.arguments.get(name).map(String::as_str).filter(|value| !value.is_empty());
        let value = known.or(default).ok_or(name)?;
        Ok(Cow::Owned(format!("{before}{value}{}", self.expand(rest)?)))
    }
}
