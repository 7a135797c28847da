//! Files that a file names: those that are at hand, with what they name in turn, and those that are still to be fetched.

use std::collections::{HashSet, VecDeque};

use model::TreePath;

use crate::CompanionFile;

/// Nobody takes in more files, and whoever writes a target may have each name the next.
const MOST: usize = 128;

/// What a file names, itself or through others.
#[derive(Debug, Default)]
pub struct Named<'a> {
    /// What is at hand, nearest first.
    pub files: Vec<CompanionFile<'a>>,
    /// What is not: it may be nowhere.
    pub missing: Vec<TreePath>,
}

impl<'a> Named<'a> {
    /// Follows what a file names, one file after another, each once.
    pub(crate) fn of(
        file: CompanionFile<'a>,
        names: fn(&CompanionFile<'_>) -> Vec<TreePath>,
        find: &dyn Fn(&TreePath) -> Option<CompanionFile<'a>>,
    ) -> Named<'a> {
        let mut named = Named::default();
        let mut known = HashSet::from([file.path.clone()]);
        let mut open = VecDeque::from([file]);
        while let Some(file) = open.pop_front() {
            for path in names(&file) {
                if known.len() > MOST {
                    return named;
                }
                if known.contains(&path) {
                    continue;
                }
                match find(&path) {
                    Some(other) => {
                        named.files.push(other);
                        open.push_back(other);
                    }
                    None => named.missing.push(path.clone()),
                }
                known.insert(path);
            }
        }
        named
    }

    /// Both together.
    pub(crate) fn and(mut self, other: Named<'a>) -> Named<'a> {
        self.files.extend(other.files);
        self.missing.extend(other.missing);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each line is the name of a file.
    fn lines(file: &CompanionFile<'_>) -> Vec<TreePath> {
        let text = std::str::from_utf8(file.bytes).expect("text");
        text.lines().filter_map(|line| file.path.sibling(line).ok()).collect()
    }

    fn path(text: &str) -> TreePath {
        TreePath::new(text).expect("a path")
    }

    /// What the first of some files names: at hand, and missing.
    fn check(files: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
        let files: Vec<(TreePath, &str)> = files.iter().map(|(name, text)| (path(name), *text)).collect();
        let find = |wanted: &TreePath| {
            let (path, text) = files.iter().find(|(path, _)| path == wanted)?;
            Some(CompanionFile { path, bytes: text.as_bytes() })
        };
        let named = Named::of(find(&files[0].0).expect("the first"), lines, &find);
        let found = named.files.iter().map(|file| file.path.to_string()).collect();
        (found, named.missing.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn each_once_and_through_others() {
        let files = [("x/a", "b\n../c\nb\na"), ("x/b", "d\na\ngone"), ("c", "x/d\ngone"), ("x/d", "a")];
        let expected = (["x/b", "c", "x/d"].map(str::to_owned).into(), ["x/gone", "gone"].map(str::to_owned).into());
        assert_eq!(check(&files), expected);
    }

    #[test]
    fn not_without_an_end() {
        let all: String = (0..1000).map(|number| format!("{number}\n")).collect();
        let (found, missing) = check(&[("a", &all), ("7", "a")]);
        assert_eq!((found, missing.len()), (vec!["7".to_owned()], MOST - 1));
    }
}
