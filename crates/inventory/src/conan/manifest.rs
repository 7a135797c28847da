//! What `conanfile.txt` asks for, which a lockfile of Conan 2 does not say (Conan documentation, "conanfile.txt").

use model::Scope;

use crate::Input;

/// Names with what each is for; nothing where the project is described in Python.
pub(super) fn beside(input: &Input<'_>) -> Vec<(String, Scope)> {
    let file = input.companion("conanfile.txt");
    file.and_then(|file| std::str::from_utf8(file.bytes).ok()).map(read).unwrap_or_default()
}

fn read(text: &str) -> Vec<(String, Scope)> {
    let mut section = None;
    let mut asked = Vec::new();
    for line in text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()) {
        if let Some(title) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = scope(title);
        } else if let (Some(scope), Some((name, _))) = (section, line.split_once('/')) {
            asked.push((name.trim().to_owned(), scope));
        }
    }
    asked
}

fn scope(section: &str) -> Option<Scope> {
    match section {
        "requires" => Some(Scope::Runtime),
        "tool_requires" | "build_requires" => Some(Scope::Build),
        "test_requires" => Some(Scope::Development),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections() {
        let text = "[requires]\nzlib/[>=1.2] # pinned below\n# a/1\n[generators]\nx/y\n[tool_requires]\n cmake/3.25\n[test_requires]\ngtest/1.14\n";
        let asked = read(text);
        let shown: Vec<String> = asked.iter().map(|(name, scope)| format!("{name} {scope:?}")).collect();
        assert_eq!(shown, ["zlib Runtime", "cmake Build", "gtest Development"]);
    }
}
